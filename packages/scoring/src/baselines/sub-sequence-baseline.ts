import { columnOf } from '../column-of.ts';
import { centreOnRows } from './centre-on-rows.ts';
import { createRowBaseline, type RowBaseline } from './row-baseline.ts';
import { standardisedRun } from './standardised-run.ts';
import type { TrainingRows } from './training-rows.ts';

/**
 * Makes a baseline from what scores every sub-sequence of `length` values of one feature, standardised and without a
 * missing value: a row's score is the mean over its features that are there, each centred on its row.
 *
 * @param scoresOf Scores the `values.length − length + 1` sub-sequences of `values`, one feature of a run.
 */
export function subSequenceBaseline(
  name: string,
  read: TrainingRows,
  length: number,
  scoresOf: (values: Float64Array, feature: number) => Float64Array,
): RowBaseline {
  const { features } = read;
  const width = features.length;
  return createRowBaseline(name, features, (run) => {
    const contributions = new Float64Array(run.length).fill(Number.NaN);
    const rows = run.length / width;
    if (rows < length) return contributions;
    for (const [feature, values] of columnsOf(standardisedRun(run, read), width).entries()) {
      const scores = centreOnRows(scoresOf(values, feature), length);
      for (let row = 0; row < rows; row++) contributions[row * width + feature] = scores[row]!;
    }
    for (let start = 0; start < run.length; start += width) {
      const present = run
        .subarray(start, start + width)
        .reduce((n, value) => n + (Number.isNaN(value) ? 0 : 1), 0);
      for (let cell = start; cell < start + width; cell++) {
        contributions[cell] = Number.isNaN(run[cell]) ? 0 : contributions[cell]! / present;
      }
    }
    return contributions;
  });
}

/** The columns of a run, `[features][rows]`. */
export function columnsOf(run: Float64Array, features: number): Float64Array[] {
  return Array.from({ length: features }, (_, feature) => columnOf(run, feature, features));
}

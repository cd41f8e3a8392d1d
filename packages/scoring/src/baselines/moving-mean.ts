import { checkInteger, checkKeys } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import { predictingBaseline } from './predicting-baseline.ts';
import type { RowBaseline } from './row-baseline.ts';
import { trainingRows } from './training-rows.ts';

export interface MovingMeanOptions {
  /** How many rows before a row are averaged. Default 30. */
  readonly rows?: number;
}

/**
 * Fits the baseline that predicts each cell by the mean of the cells of its feature that are there among the `rows` rows
 * before it, and by itself where there are none. A row's score is the mean square of its residuals, standardised by
 * those of the training rows; it depends on no later row.
 *
 * @param training Scaled rows, each series one run without a gap.
 * @throws `RETRACE_TOO_FEW_ROWS` without two rows in a run, or two cells of a feature; `RETRACE_FEATURES`;
 * `RETRACE_NOT_FINITE`; `RETRACE_INVALID_ARGUMENT`.
 */
export function movingMean(training: readonly Series[], options: MovingMeanOptions = {}): RowBaseline {
  checkKeys('options', options, ['rows']);
  const { rows = 30 } = options;
  checkInteger('rows', rows, { min: 1 });
  const read = trainingRows(training, 2);
  const features = read.features.length;
  return predictingBaseline('moving mean', read, (run) => movingMeans(run, features, rows));
}

function movingMeans(run: Float64Array, features: number, rows: number): Float64Array {
  const means = new Float64Array(run.length);
  const span = rows * features;
  for (let feature = 0; feature < features; feature++) {
    let count = 0;
    let sum = 0;
    for (let cell = feature; cell < run.length; cell += features) {
      const left = run[cell - span - features] ?? Number.NaN;
      const entering = run[cell - features] ?? Number.NaN;
      if (!Number.isNaN(left)) {
        count--;
        sum -= left;
      }
      if (!Number.isNaN(entering)) {
        count++;
        sum += entering;
      }
      means[cell] = count > 0 ? sum / count : run[cell]!;
    }
  }
  return means;
}

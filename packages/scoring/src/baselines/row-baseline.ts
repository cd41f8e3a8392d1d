import { argumentError, checkKeys, RetraceError } from '@retrace/errors';
import type { Run, Series } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import type { RowScores } from '../scores/score-rows.ts';

export interface ScoreRunsOptions {
  /** The runs of rows without a gap, which together cover all rows; each is scored by itself. Default one run. */
  readonly runs?: readonly Run[];
}

/** A simple way to score rows by themselves, fitted on training rows: what a network must beat to pay. */
export interface RowBaseline {
  readonly name: string;
  /**
   * Scores the rows of a series, scaled as the training rows were. Missing cells add nothing; a row without any, or
   * in a run too short for the baseline, scores `NaN`.
   *
   * @throws `RETRACE_FEATURES` if the features are not those of the training rows, in their order;
   * `RETRACE_NOT_FINITE` for an observed cell that is infinite; `RETRACE_INVALID_ARGUMENT`.
   */
  score(series: Series, options?: ScoreRunsOptions): RowScores;
}

/**
 * Scores one run of rows (`[rows, features]`, `NaN` where missing): what each cell adds to the score of its row, at
 * least 0, or `NaN` in every cell of a row that cannot be scored.
 */
export type RunContributions = (values: Float64Array) => Float64Array;

/** Makes a baseline from what scores one run. */
export function createRowBaseline(
  name: string,
  features: readonly string[],
  contributionsOf: RunContributions,
): RowBaseline {
  const width = features.length;
  return {
    name,
    score(series, options = {}) {
      checkKeys('options', options, ['runs']);
      checkFeatures(series, features);
      const values = presentValues(series);
      const rows = values.length / width;
      const contributions = new Float64Array(values.length);
      for (const [from, to] of checkRuns(options.runs, rows)) {
        contributions.set(contributionsOf(values.slice(from * width, to * width)), from * width);
      }
      const scores = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        const [from, to] = [row * width, (row + 1) * width];
        const missing = values.subarray(from, to).every(Number.isNaN);
        if (missing) contributions.fill(Number.NaN, from, to);
        for (let cell = from; cell < to; cell++) scores[row]! += contributions[cell]!;
      }
      return { scores, contributions };
    },
  };
}

/** Copies the cells of a series, `NaN` where missing. */
export function presentValues({ id, features, values, observed }: Series): Float64Array {
  const present = Float64Array.from(values);
  for (let cell = 0; cell < present.length; cell++) {
    if (observed?.[cell] === 0) present[cell] = Number.NaN;
    if (Math.abs(present[cell]!) === Infinity) {
      const [row, feature] = [Math.floor(cell / features.length), features[cell % features.length]!];
      throw new RetraceError(
        'RETRACE_NOT_FINITE',
        `Row ${row} of series '${id}' must be finite as '${feature}'. Received: ${present[cell]}. ` +
          'Repair the value, or mark it as missing in `observed`.',
        { series: id, row, feature, received: String(present[cell]) },
      );
    }
  }
  return present;
}

/** Refuses what is no series, and a series of other features. */
export function checkFeatures(series: Series, features: readonly string[]): void {
  if (!Array.isArray(series?.features)) throw argumentError('series', 'a series', series);
  const same =
    series.features.length === features.length && series.features.every((name, k) => name === features[k]);
  if (same) return;
  throw new RetraceError(
    'RETRACE_FEATURES',
    `Series '${series.id}' has the features ${series.features.join(', ')}; the baseline was fitted on ${features.join(', ')}.`,
    { series: series.id, expected: features, received: series.features },
  );
}

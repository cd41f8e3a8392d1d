import { argumentError, RetraceError } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import { checkFeatures, presentValues } from './row-baseline.ts';

/** The rows a baseline is fitted on. */
export interface TrainingRows {
  readonly features: readonly string[];
  /** `[rows, features]` each, `NaN` where missing, without a gap. */
  readonly runs: readonly Float64Array[];
  /** `[features]`, over the cells that are there; 0 for a feature without any. */
  readonly means: Float64Array;
  /** `[features]`, population standard deviations, at least `leastDeviation`. */
  readonly deviations: Float64Array;
}

/** The least deviation of a feature, in scaled units: a constant feature does not drown the others at its first stir. */
const leastDeviation = 0.001;

/**
 * Reads training series, each one run without a gap.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if no series has `needed` rows; `RETRACE_FEATURES` if the series differ in features.
 */
export function trainingRows(series: readonly Series[], needed: number): TrainingRows {
  if (!Array.isArray(series)) throw argumentError('training', 'an array of series', series);
  const long = series.filter(({ time }) => time.length >= needed);
  if (long.length === 0) {
    const rows = series.reduce((most, { time }) => Math.max(most, time.length), 0);
    throw new RetraceError(
      'RETRACE_TOO_FEW_ROWS',
      `The baseline needs at least ${needed} training rows without a gap. Received: at most ${rows}. Give longer series.`,
      { rows, needed },
    );
  }
  const { features } = long[0]!;
  for (const each of long) checkFeatures(each, features);
  const runs = long.map(presentValues);
  return { features, runs, ...momentsOf(runs, features.length) };
}

/** Welford's recurrence by feature. */
function momentsOf(
  runs: readonly Float64Array[],
  features: number,
): Pick<TrainingRows, 'means' | 'deviations'> {
  const counts = new Float64Array(features);
  const means = new Float64Array(features);
  const squares = new Float64Array(features);
  for (const run of runs) {
    for (let cell = 0, k = 0; cell < run.length; cell++, k = k + 1 === features ? 0 : k + 1) {
      if (Number.isNaN(run[cell])) continue;
      const difference = run[cell]! - means[k]!;
      counts[k]!++;
      means[k]! += difference / counts[k]!;
      squares[k]! += difference * (run[cell]! - means[k]!);
    }
  }
  const deviations = squares.map((sum, k) =>
    counts[k] ? Math.max(Math.sqrt(sum / counts[k]!), leastDeviation) : 1,
  );
  return { means, deviations };
}

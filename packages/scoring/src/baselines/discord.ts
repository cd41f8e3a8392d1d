import { argumentError, checkInteger, checkKeys } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import { nearestDistances } from './nearest-distances.ts';
import type { RowBaseline } from './row-baseline.ts';
import { sampledStretches } from './sampled-stretches.ts';
import { standardisedRun } from './standardised-run.ts';
import { columnsOf, subSequenceBaseline } from './sub-sequence-baseline.ts';
import { trainingRows } from './training-rows.ts';

export interface DiscordOptions {
  /** The rows of a sub-sequence. Default 30. */
  readonly length?: number;
  /** Which nearest neighbour to measure to; more than 1 where an anomaly may occur in training too. Default 1. */
  readonly neighbour?: number;
  /**
   * The most training cells to compare with, in stretches spread evenly over all rows. Default 20,000, of which each
   * of 2 features has 10,000 rows. The time to score is about 5 ns for each of them and each row.
   */
  readonly maxCells?: number;
  /** Told if there are more. */
  readonly onWarning?: (message: string) => void;
}

/** The most deviations a scored value counts as, so that a wild one does not drown the products of others in rounding. */
const mostDeviations = 1e5;

/**
 * Fits the baseline that measures each sub-sequence of a feature by its distance to the nearest of the training rows,
 * both z-normalised: the discords of Yankov, Keogh and Rebbapragada 2008, found by an AB-join of the matrix profile
 * (Yeh et al. 2016, "Matrix Profile I"). A row's score is the mean over the features, from 0 to 2 √length.
 *
 * A row's score depends on the later rows of the sub-sequence around it, and no further. Each missing value counts as
 * the last one that is there.
 *
 * @param training Scaled rows, each series one run without a gap.
 * @throws `RETRACE_TOO_FEW_ROWS` without a run of `length` rows; `RETRACE_FEATURES`; `RETRACE_NOT_FINITE`;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function discord(training: readonly Series[], options: DiscordOptions = {}): RowBaseline {
  checkKeys('options', options, ['length', 'neighbour', 'maxCells', 'onWarning']);
  const { length = 30, neighbour = 1, maxCells = 20_000, onWarning } = options;
  checkInteger('length', length, { min: 3 });
  checkInteger('neighbour', neighbour, { min: 1 });
  if (onWarning !== undefined && typeof onWarning !== 'function') {
    throw argumentError('onWarning', 'a function', onWarning);
  }
  const read = trainingRows(training, length);
  const width = read.features.length;
  checkInteger('maxCells', maxCells, { min: 1 });
  const most = Math.max(2 * length, Math.floor(maxCells / width));
  const stretches = sampledStretches(read.runs, { features: width, most, length });
  const columns = stretches.map((run) => columnsOf(standardisedRun(run, read), width));
  const distances = read.features.map((_, feature) =>
    nearestDistances(
      columns.map((of) => of[feature]!),
      length,
      neighbour,
    ),
  );
  const rows = read.runs.reduce((sum, run) => sum + run.length / width, 0);
  if (rows > most) {
    onWarning?.(
      `The discord baseline compares with ${stretches.reduce((sum, run) => sum + run.length / width, 0)} of ` +
        `${rows} training rows, to take seconds. Raise its \`maxCells\` to compare with more.`,
    );
  }
  return subSequenceBaseline('discord', read, length, (values, feature) =>
    distances[feature]!(bounded(values)),
  );
}

function bounded(values: Float64Array): Float64Array {
  return values.map((value) => Math.min(Math.max(value, -mostDeviations), mostDeviations));
}

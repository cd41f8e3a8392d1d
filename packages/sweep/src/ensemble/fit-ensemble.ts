import type { Detector } from '@retrace/detector';
import { argumentError, checkKeys, RetraceError } from '@retrace/errors';
import { fitThreshold, type ThresholdSpec } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { createEnsemble, type Ensemble, meanScores } from './ensemble.ts';
import { loadMembers } from './load-ensemble.ts';

export interface FitEnsembleOptions {
  /** Raw rows that no member was trained on. Those labelled anomalous are left out of the fit. */
  readonly calibration: readonly Series[];
  /** Which scores are anomalous. Default `{ kind: 'quantile', q: 0.99 }`. */
  readonly threshold?: ThresholdSpec;
  /** Windows retraced at once; changes memory and speed, not scores. Default 256. */
  readonly batchSize?: number;
  readonly onWarning?: (message: string) => void;
}

/**
 * Joins detectors of the same features and windows, such as those of k seeds or folds: a row's score is the mean of
 * their scores, each divided by the standard deviation of its own calibration scores, and the threshold is fitted on the
 * calibration rows' means.
 *
 * To standardise scores before they are averaged is the way of Aggarwal and Sathe (2015) and PyOD. That subtracts the
 * members' means too, which moves the scores of all rows alike; without, they stay positive and the contributions of
 * features still sum to them.
 *
 * @param files Of `save`, of `trainOne` or `files` of a finished trial; at least two.
 * @throws `RETRACE_INVALID_ARGUMENT` for files that differ in features or windows; `RETRACE_NO_CALIBRATION` if no normal
 * calibration row has a score; `RETRACE_ENSEMBLE_SCALE` for a member that scores all of them alike; what `loadDetector` throws.
 */
export async function fitEnsemble(
  files: readonly Uint8Array[],
  options: FitEnsembleOptions,
): Promise<Ensemble> {
  checkKeys('options', options, ['calibration', 'threshold', 'batchSize', 'onWarning']);
  const { calibration, threshold, batchSize, onWarning } = options;
  if (!Array.isArray(calibration)) throw argumentError('calibration', 'an array of series', calibration);
  const members = await loadMembers(files, batchSize === undefined ? {} : { batchSize });
  try {
    const scales: number[] = [];
    for (const [index, member] of members.entries()) scales.push(await scaleOf(index, member, calibration));
    const scores = await normalScores(calibration, (series) => meanScores(members, scales, series));
    const fitted = fitThreshold(scores, { ...threshold, ...(onWarning && { onWarning }) });
    return createEnsemble(members, { scales, threshold: fitted });
  } catch (error) {
    for (const member of members) member.dispose();
    throw error;
  }
}

/** The population standard deviation of a detector's scores of normal rows. */
async function scaleOf(index: number, member: Detector, calibration: readonly Series[]): Promise<number> {
  const scores = await normalScores(calibration, member.score);
  if (scores.length === 0)
    throw new RetraceError(
      'RETRACE_NO_CALIBRATION',
      `No window of ${member.state.windows.lookback} rows covers a normal row of the ${calibration.length} calibration series. ` +
        'Give longer series.',
      { series: calibration.length, lookback: member.state.windows.lookback },
    );
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  if (variance > 0) return Math.sqrt(variance);
  throw new RetraceError(
    'RETRACE_ENSEMBLE_SCALE',
    `The detector \`files[${index}]\` scores all ${scores.length} calibration rows ${mean}, so that its scores cannot be set beside ` +
      "the others'. Leave it out, or calibrate on more rows.",
    { member: index, rows: scores.length, score: mean },
  );
}

/** The scores of the rows that have one and are not labelled anomalous. */
async function normalScores(
  series: readonly Series[],
  score: (series: Series) => Promise<{ readonly scores: Float64Array }>,
): Promise<number[]> {
  const normal: number[] = [];
  for (const each of series) {
    const { scores } = await score(each);
    for (const [row, value] of scores.entries())
      if (!each.labels?.[row] && !Number.isNaN(value)) normal.push(value);
  }
  return normal;
}

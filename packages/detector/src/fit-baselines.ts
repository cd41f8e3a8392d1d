import { createPacer } from '@retrace/models';
import {
  discord,
  lastValue,
  meanDistance,
  movingMean,
  pca,
  processPca,
  type RowBaseline,
  subSequencePca,
  vectorAutoregression,
  windowedGaussian,
} from '@retrace/scoring';
import { runs, type Series, type Windows } from '@retrace/windowing';
import { fitRowBaseline } from './fit-row-baseline.ts';
import { fitRowScorer, type RowScorerOptions } from './fit-row-scorer.ts';
import type { RowScorer } from './row-scorer.ts';
import { trainingRuns } from './training-runs.ts';

/** Shorter sub-sequences, brought to one mean and deviation, look too much alike. */
const shortestSubSequence = 8;

/**
 * Fits the simple baselines on the windows a model was trained on, and scorers for them on the path a detector's
 * scores take, so that what a network adds can be read off.
 *
 * Last value, mean distance and PCA retrace windows. The others are fitted on the rows under the windows and score rows:
 * moving mean over the lookback, windowed Gaussian, T² or SPE, VAR(5), and sub-sequence PCA and discord of the lookback, at
 * least 8 rows. Those for which the runs of rows are too short are left out, told by `onWarning`.
 *
 * `signal` ends the work between two batches, or two baselines of rows.
 *
 * @returns A scorer by the name of its baseline.
 * @throws What `fitRowScorer` throws; `RETRACE_TOO_FEW_WINDOWS` with fewer than two windows.
 */
export async function fitBaselines(
  windows: Windows,
  options: RowScorerOptions,
): Promise<ReadonlyMap<string, RowScorer>> {
  const pace = createPacer({ signal: options.signal });
  const scorers = new Map<string, RowScorer>();
  for (const fit of [lastValue, meanDistance, pca]) {
    await pace();
    const baseline = fit(windows);
    scorers.set(baseline.name, await fitRowScorer(baseline, options));
  }
  const training = trainingRuns(windows, options.scaler.features);
  for (const fit of rowBaselines(training, windows.spec.lookback, options)) {
    await pace();
    const baseline = fit();
    scorers.set(baseline.name, fitRowBaseline(baseline, options));
  }
  return scorers;
}

/** What fits the baselines that score rows, as far as the rows go. */
function rowBaselines(
  training: readonly Series[],
  lookback: number,
  { calibration, windows, onWarning }: RowScorerOptions,
): (() => RowBaseline)[] {
  const longest = Math.min(
    longestOf(training.map(({ time }) => time.length)),
    longestOf(calibration.flatMap((series) => runs(series, windows.maxGap).map(([from, to]) => to - from))),
  );
  const told = onWarning && { onWarning };
  const subSequence = Math.max(lookback, shortestSubSequence);
  const fits = [
    { name: 'moving mean', needed: 2, fit: () => movingMean(training, { rows: lookback }) },
    { name: 'windowed Gaussian', needed: 1, fit: () => windowedGaussian(training) },
    { name: 'T² or SPE', needed: 1, fit: () => processPca(training) },
    { name: 'VAR(5)', needed: 6, fit: () => vectorAutoregression(training) },
    {
      name: 'sub-sequence PCA',
      needed: subSequence,
      fit: () => subSequencePca(training, { length: subSequence }),
    },
    { name: 'discord', needed: subSequence, fit: () => discord(training, { length: subSequence, ...told }) },
  ];
  return fits.flatMap(({ name, needed, fit }) => {
    if (longest >= needed) return [fit];
    onWarning?.(
      `The baseline ${name} is left out: it needs runs of ${needed} training and calibration rows without a gap. ` +
        `The longest run has ${longest} rows.`,
    );
    return [];
  });
}

function longestOf(lengths: readonly number[]): number {
  return lengths.reduce((longest, length) => Math.max(longest, length), 0);
}

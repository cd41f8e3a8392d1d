import { RetraceError } from '@retrace/errors';
import {
  type CombinedScorerState,
  fitCombinedScorer,
  fitScorer,
  fitThreshold,
  type ScoreCombination,
  type ScorerState,
  scoreRows,
} from '@retrace/scoring';
import { checkScalerState, type Run, runs, type Series, type WindowSpec } from '@retrace/windowing';
import type { RowScorerOptions } from './fit-row-scorer.ts';
import { readSeries } from './read-series.ts';
import { createRowScorer, type RowScorer, type RowScorerState, scoreReading } from './row-scorer.ts';
import type { WindowReader } from './window-reader.ts';

export interface ReaderScorerOptions extends RowScorerOptions {
  readonly combine?: ScoreCombination;
}

/** Fits a scorer for each output of a reader, joins them and sets the threshold, all on the calibration rows. */
export async function fitReaderScorer(
  reader: WindowReader,
  options: ReaderScorerOptions,
): Promise<RowScorer> {
  const { calibration, windows, scaler, aggregate, batchSize = 256, onWarning } = options;
  /** `[outputs][series]` */
  const residuals = reader.outputs.map((): Float64Array[] => []);
  for (const series of calibration) {
    const reading = await readSeries(reader, series, { windows, scaler, aggregate, batchSize });
    for (const [k, found] of reading.residuals.entries()) residuals[k]!.push(withoutAnomalies(series, found));
  }
  const breaks = calibration.map((series) => runs(series, windows.maxGap));
  const scorers = reader.outputs.map(({ name, columns }, k) => {
    const all = concat(residuals[k]!);
    if (all.every(Number.isNaN)) throw noCalibration(calibration.length, windows);
    // What a latent unit is off by says little without the others.
    const kind = name === 'latent' ? 'gaussian' : 'standardised';
    return fitScorer(all, { kind, ...options.scorer, features: columns });
  });
  const scorer = joined(scorers, residuals, breaks, options);
  const scores = breaks.map(
    (own, series) =>
      scoreReading(
        residuals.map((parts) => parts[series]!),
        scorer,
        own,
      ).scores,
  );
  const threshold = fitThreshold(concat(scores), { ...options.threshold, ...(onWarning && { onWarning }) });
  const outputs = reader.outputs.map(({ name }) => name);
  const state: RowScorerState = {
    windows: { ...windows },
    scaler: checkScalerState(scaler),
    ...(outputs.join() !== 'reconstruction' && { outputs }),
    ...(aggregate && { aggregate }),
    scorer,
    threshold,
  };
  return createRowScorer(reader, state, { batchSize });
}

/** One scorer as it is, or several combined. */
function joined(
  scorers: readonly ScorerState[],
  residuals: readonly (readonly Float64Array[])[],
  breaks: readonly (readonly Run[])[],
  { combine }: ReaderScorerOptions,
): ScorerState | CombinedScorerState {
  if (scorers.length === 1) return scorers[0]!;
  const parts = scorers.map((scorer, k) => {
    const scores = breaks.map(
      (own, series) => scoreRows(residuals[k]![series]!, scorer, { runs: own }).scores,
    );
    return { scorer, scores: concat(scores) };
  });
  return fitCombinedScorer(parts, combine === undefined ? {} : { by: combine });
}

function noCalibration(series: number, { lookback }: WindowSpec): RetraceError {
  return new RetraceError(
    'RETRACE_NO_CALIBRATION',
    `No window of ${lookback} rows covers a normal row of the ${series} calibration series. ` +
      'Give longer series, a shorter lookback or a larger maxGap.',
    { series, lookback },
  );
}

/** Residuals `[rows, columns]` with NaN in the rows that are labelled anomalous. */
function withoutAnomalies({ labels, time }: Series, residuals: Float64Array): Float64Array {
  if (!labels) return residuals;
  const columns = residuals.length / time.length;
  return residuals.map((value, cell) => (labels[Math.floor(cell / columns)] ? Number.NaN : value));
}

function concat(arrays: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const array of arrays) {
    result.set(array, offset);
    offset += array.length;
  }
  return result;
}

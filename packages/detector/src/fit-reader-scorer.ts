import { argumentError, RetraceError } from '@retrace/errors';
import { createPacer } from '@retrace/models';
import {
  fitCombinedScorer,
  fitScorer,
  fitThreshold,
  type ScoreCombination,
  type ScorerState,
} from '@retrace/scoring';
import { checkScalerState, runs, type Series, type WindowSpec } from '@retrace/windowing';
import { calibrationTime } from './calibration-time.ts';
import type { RowScorerOptions } from './fit-row-scorer.ts';
import { readSeries } from './read-series.ts';
import { createRowScorer, type RowScorer, type RowScorerState, scoreReading } from './row-scorer.ts';
import type { ReaderOutput, WindowReader } from './window-reader.ts';

export interface ReaderScorerOptions extends RowScorerOptions {
  readonly combine?: ScoreCombination;
}

/** Fits a scorer for each output of a reader, joins them and sets the threshold, all on the calibration rows. */
export async function fitReaderScorer(
  reader: WindowReader,
  options: ReaderScorerOptions,
): Promise<RowScorer> {
  const { calibration, windows, scaler, aggregate, anomalies, batchSize = 256, onWarning, signal } = options;
  const pace = createPacer({ signal });
  const kinds = reader.outputs.map((output) => kindOf(output, options.scorer?.kind));
  /** `[outputs][series]` */
  const residuals = reader.outputs.map((): Float64Array[] => []);
  for (const series of calibration) {
    const reading = await readSeries(reader, series, { windows, scaler, aggregate, batchSize, kinds, pace });
    for (const [k, found] of reading.residuals.entries()) residuals[k]!.push(withoutAnomalies(series, found));
  }
  const entities = calibration.map(({ id, time }) => ({ id, rows: time.length }));
  const scorers = reader.outputs.map(({ columns }, k) => {
    const all = concat(residuals[k]!);
    if (all.every(Number.isNaN)) throw noCalibration(calibration.length, windows);
    return fitScorer(all, { ...options.scorer, kind: kinds[k]!, features: columns, entities });
  });
  /** The scores of all calibration rows. */
  const scored = (scorer: RowScorerState['scorer'], parts: typeof residuals) =>
    concat(
      calibration.map((series, index) => {
        const own = { runs: runs(series, windows.maxGap), entity: series.id };
        return scoreReading(
          parts.map((part) => part[index]!),
          scorer,
          own,
        ).scores;
      }),
    );
  const scorer =
    scorers.length === 1
      ? scorers[0]!
      : fitCombinedScorer(
          scorers.map((each, k) => ({ scorer: each, scores: scored(each, [residuals[k]!]) })),
          { by: options.combine ?? 'product' },
        );
  const threshold = fitThreshold(scored(scorer, residuals), {
    ...options.threshold,
    ...calibrationTime(calibration, windows.maxGap),
    ...(onWarning && { onWarning }),
  });
  const outputs = reader.outputs.map(({ name }) => name);
  const state: RowScorerState = {
    windows: { ...windows },
    scaler: checkScalerState(scaler),
    ...(outputs.join() !== 'reconstruction' && { outputs }),
    ...(aggregate && { aggregate }),
    scorer,
    threshold,
    ...(anomalies && { anomalies: { ...anomalies } }),
  };
  return createRowScorer(reader, state, { batchSize });
}

/** The kind that is asked for, or the default of the output. */
function kindOf(
  { name, variance }: ReaderOutput,
  kind: ScorerState['kind'] | undefined,
): ScorerState['kind'] {
  if (kind === 'likelihood' && !variance)
    throw argumentError('scorer.kind', `another for the ${name}, which comes without a variance`, kind);
  if (kind !== undefined) return kind;
  if (variance) return 'likelihood';
  // How far a latent unit is from its mean says little without the others.
  return name === 'latent' ? 'gaussian' : 'standardised';
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

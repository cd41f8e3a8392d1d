import { argumentError, checkInteger, checkKeys, RetraceError } from '@retrace/errors';
import { reconstruct } from '@retrace/models';
import { runs, type Series } from '@retrace/windowing';
import { movesTogether } from './moves-together.ts';
import type { Suggestion } from './suggestion.ts';

export interface SuggestOptions {
  /** In the unit of time; no window crosses a longer gap. Default Infinity. */
  readonly maxGap?: number;
  /** Rows in a window, where they are not to be chosen. */
  readonly lookback?: number;
  /** Whether each series is one example, such as a heart beat, which is one window: all are of one length. Default false. */
  readonly whole?: boolean;
}

const usualLookback = 32;
const units = 64;
const batchSize = 32;
/** Beyond these, more windows or steps taught the models of the evaluation nothing that told. */
const enoughWindows = 2000;
const enoughSteps = 1000;
const sampledSteps = 20_000;

/**
 * Chooses how to make a detector, by training rows alone; no label is looked at. `docs/detection.md` measures it, and
 * `CONTRIBUTING.md` says how to.
 *
 * - Windows of 32 rows, of fewer where runs are short; in training about 2,000 of them, in scoring one every eighth.
 * - An LSTM autoencoder of 64 units, with a latent of 8 numbers for each feature where these are less than 64.
 * - Scores by the standardised square of the residuals from 0, each feature's spread with a prior of 50 rows; from 16
 *   features that hardly move together by the Mahalanobis distance, which otherwise takes drift for a fault.
 * - Smoothed with a half-life of half a window for one feature, shorter for several, which smooth each other.
 * - Alarms above the quantile 0.99 of the calibration rows and three standard errors, or two of that distance, merged within
 *   half a window.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if no run has three rows; `RETRACE_INVALID_ARGUMENT` for no series, for a `maxGap` that is no
 * positive number, and with `whole` for series of several lengths or a `lookback`.
 */
export function suggest(train: readonly Series[], options: SuggestOptions = {}): Suggestion {
  checkKeys('options', options, ['maxGap', 'lookback', 'whole']);
  if (!Array.isArray(train) || train.length === 0)
    throw argumentError('train', 'an array of at least one series', train);
  const { maxGap, lookback: asked, whole = false } = options;
  if (asked !== undefined) checkInteger('lookback', asked, { min: 1 });
  if (whole && asked !== undefined)
    throw argumentError('lookback', 'absent with `whole`, which makes it the length of the series', asked);
  const features = train[0]!.features.length;
  const rows = train.reduce((sum, { time }) => sum + time.length, 0);
  const lookback = whole ? commonLength(train) : (asked ?? lookbackOf(train, maxGap));
  const windows = whole ? train.length : Math.min(rows, enoughWindows);
  const span = { lookback, ...(maxGap !== undefined && { maxGap }) };
  const latent = 8 * features;
  const kind = features >= 16 && !movesTogether(train) ? 'gaussian' : 'standardised';
  return {
    scaler: { kind: 'standard' },
    model: reconstruct({
      timesteps: lookback,
      features,
      units: [units],
      ...(latent < units && { bottleneck: { units: latent } }),
    }),
    training: {
      windows: { ...span, stride: whole ? 1 : Math.max(1, Math.floor(rows / enoughWindows)) },
      fit: {
        epochs: Math.min(400, Math.max(30, Math.round((enoughSteps * batchSize) / windows))),
        batchSize,
        optimizer: { kind: 'adam', learningRate: 0.003 },
        clipNorm: 1,
        earlyStopping: { patience: 20 },
      },
    },
    detector: {
      windows: { ...span, stride: Math.max(1, Math.floor(lookback / 8)) },
      scorer: {
        kind,
        centered: false,
        // A model that explains nothing leaves the deviation of the training rows, which the scaler makes 1.
        prior: { rows: 50, spread: 1 },
        ...(!whole && { smoothing: { kind: 'ewma', halfLife: halfLifeOf(lookback, features) } }),
      },
      // A distance over many loose features has a light tail, whose quantile few rows tell better.
      threshold: { kind: 'quantile', q: 0.99, standardErrors: kind === 'gaussian' ? 2 : 3 },
      anomalies: whole ? {} : { mergeGap: (lookback / 2) * usualStep(train) },
    },
  };
}

function halfLifeOf(lookback: number, features: number): number {
  return Math.max(lookback / 8, lookback / 2 / features);
}

/** At most two thirds of the longest run, so that more than one window fits. */
function lookbackOf(train: readonly Series[], maxGap: number | undefined): number {
  let longest = 0;
  for (const series of train)
    for (const [from, to] of runs(series, maxGap)) longest = Math.max(longest, to - from);
  if (longest >= 3) return Math.min(usualLookback, Math.floor((2 * longest) / 3));
  throw new RetraceError(
    'RETRACE_TOO_FEW_ROWS',
    `The longest run of training rows without a gap has ${longest} rows; 3 are needed. Bring longer series, or raise \`maxGap\`.`,
    { rows: longest, needed: 3 },
  );
}

function commonLength(train: readonly Series[]): number {
  const length = train[0]!.time.length;
  const other = train.find(({ time }) => time.length !== length);
  if (other)
    throw argumentError(
      'train',
      `series of one length with \`whole\`, ${length} as the first`,
      other.time.length,
    );
  if (length > 0) return length;
  throw argumentError('train', 'series with rows', length);
}

/** The median time from one row to the next, of about as many rows as tell it, evenly apart. */
function usualStep(train: readonly Series[]): number {
  const apart = Math.ceil(train.reduce((sum, { time }) => sum + time.length, 0) / sampledSteps);
  const steps: number[] = [];
  for (const { time } of train)
    for (let row = 1; row < time.length; row += apart) steps.push(time[row]! - time[row - 1]!);
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

import { RetraceError } from '@retrace/errors';
import {
  fitScaler,
  normalWindows,
  type ScalerState,
  type Series,
  slidingWindows,
  splitByTime,
  type WindowSpec,
  type Windows,
} from '@retrace/windowing';
import { type PredictedRowsFlags, predictedRows } from './model-flags.ts';
import { tooFewRows } from './too-few-rows.ts';
import type { SettledFlags, TrainFlags } from './train-flags.ts';

/** What each row of a table serves for in training. */
export interface TrainingParts {
  readonly spec: WindowSpec;
  /** Fitted on the training rows. */
  readonly scaler: ScalerState;
  /** The windows of the training rows, scaled; none holds a row labelled anomalous. */
  readonly windows: Windows;
  /** The rows that scaler and windows are of. */
  readonly train: readonly Series[];
  readonly calibration: readonly Series[];
  /** Empty if the rows left over are too few for a window. */
  readonly test: readonly Series[];
}

type PartFlags = Pick<TrainFlags, 'train' | 'calibration' | 'maxGap' | 'resample' | 'minRows' | 'scaler'> &
  Pick<SettledFlags, 'lookback' | 'stride'> &
  PredictedRowsFlags;

/**
 * Splits series in time, fits the scaler, and makes sure that each part can be cut into windows, so that no training
 * begins that calibration would fail after.
 *
 * @throws `RETRACE_TOO_FEW_WINDOWS` or `RETRACE_NO_CALIBRATION` if the rows to train or to calibrate on are too few for a
 *   window; what `fitScaler` and `slidingWindows` throw.
 */
export function trainingParts(
  series: readonly Series[],
  flags: PartFlags,
  onWarning: (message: string) => void,
): TrainingParts {
  const spec = windowSpec(flags);
  const split = splitByTime(series, { train: flags.train, calibration: flags.calibration });
  if (split.train.length === 0) throw tooFewRows('train', split.train, spec);
  const scaler = fitScaler(split.train, { kind: flags.scaler });
  if (scaler.constant.length > 0)
    onWarning(
      `Constant in the training rows, so that any change will stand out: ${scaler.constant.join(', ')}.`,
    );
  const cut = (part: readonly Series[]): Windows | undefined =>
    part.length === 0 ? undefined : slidingWindows(part, spec, { scaler });
  const train = cut(split.train);
  if (!train?.length) throw tooFewRows('train', split.train, spec);
  if (!cut(split.calibration)?.length) throw tooFewRows('calibrate', split.calibration, spec);
  const test = cut(split.test)?.length ? split.test : [];
  const windows = normalWindows(train);
  if (windows.length === 0)
    throw new RetraceError(
      'RETRACE_TOO_FEW_WINDOWS',
      `Each of the ${train.length} training windows holds a row labelled anomalous. Train on other rows, or shorten \`lookback\`.`,
      { windows: train.length, normal: 0 },
    );
  return { spec, scaler, windows, train: split.train, calibration: split.calibration, test };
}

function windowSpec(flags: PartFlags): WindowSpec {
  const { lookback, stride, minRows } = flags;
  const maxGap = longestGap(flags);
  return {
    lookback,
    ...predictedRows(flags),
    stride,
    ...(maxGap !== undefined && { maxGap }),
    ...(minRows !== undefined && { minRows }),
  };
}

/** The longest time from one row of a run to the next, in the unit of time. */
export function longestGap({
  maxGap,
  resample,
}: Pick<TrainFlags, 'maxGap' | 'resample'>): number | undefined {
  // A grid has no step between one and the gaps that it leaves.
  return (maxGap && resample ? resample.every : maxGap)?.value;
}

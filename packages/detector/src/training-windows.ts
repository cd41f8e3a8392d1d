import {
  normalWindows,
  type ScalerState,
  type Series,
  slidingWindows,
  splitByEntity,
  type Windows,
} from '@retrace/windowing';
import type { Suggestion } from './suggestion.ts';

/** Windows for `fit` of `@retrace/training`. */
export interface TrainingWindows {
  readonly windows: Windows;
  /** A share of each series that is held out, or windows of series of their own. */
  readonly validation: number | Windows;
}

/** From so many series on, some are held out whole. */
const manySeries = 10;

/**
 * Cuts training rows into the windows that a suggestion has, and holds a tenth out to validate on: the last of each
 * series, or of many series a tenth whole, for windows of one share rows, and short ones have none to spare. Windows with a
 * row that is labelled anomalous are left out.
 *
 * @param scaler The scaler fitted on the training rows.
 * @throws What `slidingWindows` and `splitByEntity` throw.
 */
export function trainingWindows(
  train: readonly Series[],
  { training }: Pick<Suggestion, 'training'>,
  scaler: ScalerState,
): TrainingWindows {
  const cut = (series: readonly Series[]) =>
    normalWindows(slidingWindows(series, training.windows, { scaler }));
  const ids = new Set(train.map(({ id }) => id)).size;
  if (ids < manySeries) return { windows: cut(train), validation: 0.1 };
  const { train: kept, test } = splitByEntity(train, { train: 0.9, calibration: 0 });
  return { windows: cut(kept), validation: cut(test) };
}

import { checkInteger, checkKeys } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';
import { sliceSeries } from './slice-series.ts';
import { firstOfTime } from './split.ts';

export interface BlockedFoldsOptions {
  /** At least 2. */
  readonly folds: number;
  /** Rows left out of training on either side of the block that tests, such as `lookback`. Default 0. */
  readonly purge?: number;
}

/** A block of consecutive rows of every series to test on, and what is left on both sides of it to train on. */
export interface Fold {
  readonly train: Series[];
  readonly test: Series[];
}

/**
 * Splits the rows of each series into blocks of consecutive rows, each of which tests once while the others train:
 * cross-validation that puts no row between its neighbours in time.
 *
 * The parts are views; rows of equal time stay together. A fold in which a series has no block leaves it to training.
 *
 * @throws `RETRACE_FEATURES`; `RETRACE_UNSORTED`; `RETRACE_INVALID_ARGUMENT`.
 */
export function blockedFolds(series: readonly Series[], options: BlockedFoldsOptions): Fold[] {
  checkSeries(series);
  checkKeys('options', options, ['folds', 'purge']);
  const { folds, purge = 0 } = options;
  checkInteger('folds', folds, { min: 2 });
  checkInteger('purge', purge, { min: 0 });
  return Array.from({ length: folds }, (_, fold) => {
    const [train, test]: [Series[], Series[]] = [[], []];
    for (const each of series) {
      const rows = each.time.length;
      const [from, to] = [fold, fold + 1].map((cut) =>
        firstOfTime(each.time, Math.round((cut * rows) / folds)),
      );
      if (from === to) {
        train.push(each);
        continue;
      }
      test.push(sliceSeries(each, from!, to!));
      if (from! > purge) train.push(sliceSeries(each, 0, from! - purge));
      if (to! + purge < rows) train.push(sliceSeries(each, to! + purge, rows));
    }
    return { train, test };
  });
}

import { argumentError, checkInteger, checkKeys, checkNumberColumn } from '@retrace/errors';
import { subsetWindows } from './subset-windows.ts';
import { indexAt } from './window-batch.ts';
import type { Windows } from './windows.ts';

/**
 * Returns a view of the windows with a weight for each in the loss; of windows that have weights, with the product.
 *
 * @param weights `[windows]`, finite, none negative.
 * @throws `RETRACE_INVALID_ARGUMENT`.
 */
export function weighWindows(windows: Windows, weights: ArrayLike<number>): Windows {
  const { length } = windows;
  const kept = Float32Array.from(checkWeights(weights, length));
  return {
    ...windows,
    batch(indices, into) {
      const { weight: own, ...bare } = into ?? {};
      const { weight: before, ...batch } = windows.batch(indices, 'size' in bare ? bare : undefined);
      const weight = own?.length === indices.length ? own : new Float32Array(indices.length);
      for (let i = 0; i < indices.length; i++) {
        weight[i] = kept[indexAt(indices, i, length)]! * (before?.[i] ?? 1);
      }
      return { ...batch, weight };
    },
  };
}

export interface DrawWindowsOptions {
  /** `[windows]`, how likely each is drawn, up to a factor. */
  readonly weights: ArrayLike<number>;
  /** How many are drawn. Default: as many as there are. */
  readonly count?: number;
  /** Gives numbers in [0, 1): a seeded generator, such as that of `@retrace/random`. */
  readonly uniform: () => number;
}

/**
 * Draws windows with replacement, each as likely as its weight says: a view of the windows drawn, in the order drawn.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`.
 */
export function drawWindows(windows: Windows, options: DrawWindowsOptions): Windows {
  checkKeys('options', options, ['weights', 'count', 'uniform']);
  const { weights, count = windows.length, uniform } = options;
  checkInteger('count', count, { min: 0 });
  if (typeof uniform !== 'function') throw argumentError('uniform', 'a function', uniform);
  let sum = 0;
  const sums = Float64Array.from(checkWeights(weights, windows.length), (weight) => (sum += weight));
  if (count > 0 && sum === 0) throw argumentError('weights', 'above 0 for at least one window', weights);
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) drawn[i] = firstAbove(sums, uniform() * sum);
  return subsetWindows(windows, drawn);
}

function checkWeights(weights: ArrayLike<number>, windows: number): Float32Array | Float64Array {
  const column = checkNumberColumn('weights', weights, windows);
  const wrong = column.findIndex((weight) => !(weight >= 0 && weight <= 3.4028234663852886e38));
  if (wrong >= 0) throw argumentError(`weights[${wrong}]`, 'a finite number of at least 0', column[wrong]);
  return column;
}

/** The first index whose ascending value is above `target`. */
function firstAbove(ascending: Float64Array, target: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

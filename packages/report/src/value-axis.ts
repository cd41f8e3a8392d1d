import { formatNumber } from './format-number.ts';
import { roundTicks, tickFormat } from './round-ticks.ts';

/** A vertical axis: its scale, and where it is ticked. */
export interface ValueAxis {
  readonly type: 'linear' | 'log';
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
  /** One per tick. */
  readonly labels: readonly string[];
}

// Steps between ticks stay normal numbers.
const smallest = 1e-290;

/** Returns the lowest and the highest finite value of several arrays, or undefined if there is none. */
export function extent(...arrays: readonly ArrayLike<number>[]): [low: number, high: number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const array of arrays) {
    for (let index = 0; index < array.length; index++) {
      const value = array[index]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Makes a linear axis that holds `low` and `high` with a margin, ticked at about `count` round values. */
export function linearAxis([low, high]: readonly [number, number] = [0, 1], count = 4): ValueAxis {
  const span = high - low;
  const magnitude = Math.max(Math.abs(low), Math.abs(high));
  // A span under the resolution of float64 at this magnitude cannot be ticked: it is drawn as a constant.
  const flat = span <= Math.max(1e-12 * magnitude, smallest);
  const margin = flat ? (magnitude > smallest ? magnitude / 2 : 1) : span * 0.06;
  const domain = [low - margin, high + margin] as const;
  const ticks = roundTicks(domain, count);
  return { type: 'linear', domain, ticks, labels: ticks.map(tickFormat(ticks)) };
}

/** Makes a logarithmic axis from `low` > 0 to `high`, ticked at powers of ten, or at 1, 2 and 5 times those. */
export function logAxis([low, high]: readonly [number, number]): ValueAxis {
  const domain = [low / 1.15, high * 1.15] as const;
  const [first, last] = [Math.floor(Math.log10(domain[0])), Math.ceil(Math.log10(domain[1]))];
  const factors = last - first > 3 ? [1] : [1, 2, 5];
  const stride = Math.max(1, Math.ceil((last - first - 1) / 6));
  const ticks: number[] = [];
  for (let exponent = first; exponent <= last; exponent += stride) {
    ticks.push(...factors.map((factor) => Number(`${factor}e${exponent}`)));
  }
  const inside = ticks.filter((tick) => tick >= domain[0] && tick <= domain[1]);
  return { type: 'log', domain, ticks: inside, labels: inside.map((tick) => formatNumber(tick)) };
}

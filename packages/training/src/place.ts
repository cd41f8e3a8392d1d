import type { Windows } from '@retrace/windowing';

/** A cell of a window, by the row of its series that it came from. Plain JSON. */
export interface Place {
  /** The id of the series; `window 3` and the like for windows that arrived as arrays. */
  readonly series: string;
  readonly row: number;
  /** The time of the row, where the series has it. */
  readonly time?: number;
  readonly feature: string;
}

/** Locates element `position` of a batch's `[size, steps, features]` input or target; padding counts as the first row. */
export function placeOf(
  windows: Windows,
  indices: ArrayLike<number>,
  position: number,
  part: 'input' | 'target',
): Place {
  const { lookback, horizon, shift } = windows.spec;
  const width = windows.features.length;
  const steps = part === 'input' ? lookback : horizon;
  const step = Math.floor(position / width);
  const { series, row: first, padding } = windows.origin(indices[Math.floor(step / steps)]!);
  const offset = (step % steps) - padding + (part === 'input' ? 0 : lookback + shift);
  const row = first + Math.max(0, offset);
  const time = series.time[row];
  const feature = windows.features[position % width]!;
  return { series: series.id, row, ...(time === undefined ? {} : { time }), feature };
}

/** Says a place in words. */
export function describePlace({ series, row, time, feature }: Place): string {
  const when = time === undefined ? '' : ` (time ${time})`;
  return `\`${feature}\` at row ${row}${when} of series \`${series}\``;
}

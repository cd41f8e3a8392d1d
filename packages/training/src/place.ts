import type { Windows } from '@retrace/windowing';

/** A cell of a window, and the row of its series that it came from. Plain JSON. */
export interface Place {
  /** The index of the window. */
  readonly window: number;
  /** Within the window's input or target. */
  readonly step: number;
  readonly feature: string;
  /** The entity; absent for windows that arrived as arrays, as are `row` and `time`. */
  readonly series?: string;
  readonly row?: number;
  readonly time?: number;
}

/** Locates element `position` of a batch's `[size, steps, features]` input or target. */
export function placeOf(
  windows: Windows,
  indices: ArrayLike<number>,
  position: number,
  part: 'input' | 'target',
): Place {
  const { lookback, horizon, shift } = windows.spec;
  const width = windows.features.length;
  const steps = part === 'input' ? lookback : horizon;
  const window = indices[Math.floor(position / (steps * width))]!;
  const step = Math.floor(position / width) % steps;
  const feature = windows.features[position % width]!;
  if (windows.series.length === 0) return { window, step, feature };
  const { series, row: first } = windows.origin(window);
  const row = first + step + (part === 'input' ? 0 : lookback + shift);
  const time = series.time[row];
  return { window, step, feature, series: series.id, row, ...(time === undefined ? {} : { time }) };
}

/** Says a place in words, the feature first. */
export function describePlace({ window, step, feature, series, row, time }: Place): string {
  if (series === undefined) return `feature \`${feature}\` at step ${step} of window ${window}`;
  const when = time === undefined ? '' : ` (time ${time})`;
  return `feature \`${feature}\` at row ${row}${when} of series \`${series}\` (step ${step} of window ${window})`;
}

import { runs } from './runs.ts';
import type { Series } from './series.ts';
import { lead } from './window-spec.ts';
import type { WindowSpec } from './windows.ts';

/** Where windows lie, held per run of rows, not per window. */
export interface WindowLayout {
  /** `[runs]`, the position of each run's series. */
  readonly entity: Uint32Array;
  /** `[runs]`, the first row of each run. */
  readonly from: Uint32Array;
  /** `[runs]`, the row after the last row of each run. */
  readonly to: Uint32Array;
  /** `[runs + 1]`, the number of windows before each run. */
  readonly first: Float64Array;
  /** Whether any window is padded, on the side of the input and of the target. */
  readonly padded: { readonly input: boolean; readonly target: boolean };
}

/** The rows of one window. */
export interface WindowPlace {
  readonly entity: number;
  readonly row: number;
  readonly padding: number;
}

/** Lays windows over series: none crosses a gap, runs without a window are left out. */
export function layOutWindows(series: readonly Series[], spec: Required<WindowSpec>): WindowLayout {
  const entity: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const first = [0];
  const padded = { input: false, target: false };
  for (let position = 0; position < series.length; position++) {
    for (const [start, end] of runs(series[position]!, spec.maxGap)) {
      const count = windowsIn(end - start, spec);
      if (count === 0) continue;
      entity.push(position);
      from.push(start);
      to.push(end);
      first.push(first.at(-1)! + count);
      if (end - start >= spec.lookback + lead(spec)) continue;
      padded.input = true;
      padded.target ||= end - start < lead(spec) - spec.shift;
    }
  }
  return {
    entity: Uint32Array.from(entity),
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    first: Float64Array.from(first),
    padded,
  };
}

/** Finds window `index` by binary search over the runs. */
export function placeOf(layout: WindowLayout, spec: Required<WindowSpec>, index: number): WindowPlace {
  let [low, high] = [0, layout.entity.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (layout.first[middle]! <= index) low = middle;
    else high = middle;
  }
  const [entity, from] = [layout.entity[low]!, layout.from[low]!];
  const spare = layout.to[low]! - from - spec.lookback - lead(spec);
  if (spare < 0) return { entity, row: from, padding: -spare };
  return { entity, row: from + Math.min((index - layout.first[low]!) * spec.stride, spare), padding: 0 };
}

function windowsIn(rows: number, spec: Required<WindowSpec>): number {
  const spare = rows - spec.lookback - lead(spec);
  if (spare >= 0) {
    const flush = spec.anchor === 'both' && spare % spec.stride !== 0 ? 1 : 0;
    return Math.floor(spare / spec.stride) + 1 + flush;
  }
  return hasPaddedWindow(rows, spec) ? 1 : 0;
}

/** Tells whether a run of rows too short for a whole window gives one that is padded. */
export function hasPaddedWindow(rows: number, spec: Required<WindowSpec>): boolean {
  const rowsIn = rows - lead(spec);
  return rowsIn >= spec.minRows && (spec.horizon === 0 || rowsIn + spec.shift + spec.horizon > 0);
}

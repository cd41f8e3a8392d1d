import { type Scaling, scaleCell } from './scaling.ts';
import type { Series } from './series.ts';

/** The arrays of a batch, `[size, count, features]` and `[size, count]`, that steps are copied into. */
export interface StepArrays {
  readonly count: number;
  readonly values: Float32Array;
  readonly observed: Uint8Array | undefined;
  readonly mask: Uint8Array | undefined;
}

/**
 * Copies consecutive rows of a series, from `start` on, into place `slot` of a batch, scaled in float64 and rounded once;
 * those before row `first` are padding. Padding and missing cells become 0.
 */
export function copySteps(
  series: Series,
  first: number,
  start: number,
  scaling: Scaling | undefined,
  into: StepArrays,
  slot: number,
): void {
  const { count, mask } = into;
  const width = series.features.length;
  const padding = first > start ? Math.min(count, first - start) : 0;
  const begin = slot * count * width;
  const at = begin + padding * width;
  const end = begin + count * width;
  const from = (start + padding) * width;

  if (padding > 0) {
    into.values.fill(0, begin, at);
    into.observed?.fill(0, begin, at);
  }
  if (mask) {
    mask.fill(0, slot * count, slot * count + padding);
    mask.fill(1, slot * count + padding, (slot + 1) * count);
  }
  if (scaling) copyScaled(series.values, from, scaling, into.values, at, end);
  else into.values.set(series.values.subarray(from, from + end - at), at);
  if (into.observed) copyObserved(series.observed, from, into.observed, into.values, at, end);
}

function copyObserved(
  flags: Uint8Array | undefined,
  from: number,
  observed: Uint8Array,
  values: Float32Array,
  at: number,
  end: number,
): void {
  if (!flags) {
    observed.fill(1, at, end);
    return;
  }
  observed.set(flags.subarray(from, from + end - at), at);
  for (let cell = at; cell < end; cell++) if (observed[cell] === 0) values[cell] = 0;
}

function copyScaled(
  values: Float32Array | Float64Array,
  from: number,
  scaling: Scaling,
  into: Float32Array,
  at: number,
  end: number,
): void {
  const { center, scale, log } = scaling;
  const width = center.length;
  for (let out = at, row = from; out < end; row += width) {
    if (log) for (let k = 0; k < width; k++) into[out++] = scaleCell(scaling, k, values[row + k]!);
    else for (let k = 0; k < width; k++) into[out++] = (values[row + k]! - center[k]!) / scale[k]!;
  }
}

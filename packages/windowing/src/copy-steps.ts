import { type Scaling, scaleCell } from './scaling.ts';
import type { Series } from './series.ts';

/** Consecutive rows of a series, of which those before `first` are padding. */
export interface Steps {
  readonly series: Series;
  readonly first: number;
  /** The row of the first step. */
  readonly start: number;
  readonly count: number;
}

/** The arrays of a batch, `[size, count, features]` and `[size, count]`, that steps are copied into. */
export interface StepArrays {
  readonly values: Float32Array;
  readonly observed: Uint8Array | undefined;
  readonly mask: Uint8Array | undefined;
}

/** Copies steps into place `slot` of a batch, scaled in float64 and rounded once; padding and missing cells become 0. */
export function copySteps(steps: Steps, into: StepArrays, slot: number, scaling: Scaling | undefined): void {
  const { series, first, start, count } = steps;
  const width = series.features.length;
  const padding = Math.min(count, Math.max(0, first - start));
  const begin = slot * count * width;
  const at = begin + padding * width;
  const end = begin + count * width;
  const from = (start + padding) * width;

  if (padding > 0) {
    into.values.fill(0, begin, at);
    into.observed?.fill(0, begin, at);
  }
  into.mask
    ?.fill(0, slot * count, slot * count + padding)
    .fill(1, slot * count + padding, (slot + 1) * count);
  if (scaling) copyScaled(series.values, from, scaling, into.values, at, end);
  else into.values.set(series.values.subarray(from, from + end - at), at);
  if (!into.observed) return;
  if (!series.observed) {
    into.observed.fill(1, at, end);
    return;
  }
  into.observed.set(series.observed.subarray(from, from + end - at), at);
  for (let cell = at; cell < end; cell++) if (into.observed[cell] === 0) into.values[cell] = 0;
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

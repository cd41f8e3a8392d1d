import { argumentError } from '@retrace/errors';
import type { WindowBatch, Windows } from '@retrace/windowing';

/**
 * A simple way to retrace windows, to be scored exactly as a model is: what a network must beat to pay.
 */
export interface Baseline {
  readonly name: string;
  /** Retraces a batch, of windows such as it was made for: `[size, lookback, features]`. */
  reconstruct(batch: WindowBatch): Float32Array;
}

/** The size of one window. */
export interface WindowShape {
  readonly lookback: number;
  readonly features: number;
}

export function windowShape({ spec, features }: Windows): WindowShape {
  return { lookback: spec.lookback, features: features.length };
}

/** Refuses a batch of windows of another size. */
export function checkBatch({ size, input }: WindowBatch, { lookback, features }: WindowShape): void {
  const expected = size * lookback * features;
  if (input.length === expected) return;
  throw argumentError('batch.input', `[${size}, ${lookback}, ${features}], ${expected} numbers`, input);
}

/** Tells for each cell of a batch (`[size, lookback, features]`) whether it is there: observed, and not padding. */
export function presentCells(
  { observed, mask, input }: WindowBatch,
  { features }: WindowShape,
): (cell: number) => boolean {
  return (cell) =>
    observed?.[cell] !== 0 && mask?.[Math.floor(cell / features)] !== 0 && !Number.isNaN(input[cell]);
}

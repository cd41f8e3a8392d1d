import type { WindowBatch } from '@retrace/windowing';

/** The windows `[first, first + size)` of a batch, as views, with what a model reads of them. */
export function batchPiece(
  { input, target, mask, size: all }: WindowBatch,
  first: number,
  size: number,
): WindowBatch {
  const part = <T extends Float32Array | Uint8Array>(array: T): T => {
    const each = array.length / all;
    return array.subarray(first * each, (first + size) * each) as T;
  };
  return {
    size,
    input: part(input),
    ...(target && { target: part(target) }),
    ...(mask && { mask: part(mask) }),
  };
}

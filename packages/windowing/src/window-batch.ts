import { argumentError, checkInteger } from '@retrace/errors';
import type { WindowBatch } from './windows.ts';

/** Which arrays a batch has, and their lengths per window. */
export type BatchShape = Partial<Record<Exclude<keyof WindowBatch, 'size'>, number>> & { input: number };

const fields = [
  'input',
  'target',
  'mask',
  'targetMask',
  'observed',
  'targetObserved',
  'weight',
  'label',
  'entity',
] as const;

/** Returns `into` if its arrays are those of the shape, new arrays if there is none, and refuses any other batch. */
export function batchOf(shape: BatchShape, size: number, into: WindowBatch | undefined): WindowBatch {
  if (!into) return allocate(shape, size);
  for (const field of fields) {
    const length = shape[field] === undefined ? undefined : shape[field] * size;
    if (into[field]?.length === length) continue;
    const expected =
      length === undefined ? 'absent, as in every batch of these windows' : `of length ${length}`;
    throw argumentError(
      `into.${field}`,
      expected,
      into[field],
      'Reuse a batch of the same size and windows.',
    );
  }
  return into;
}

function allocate(shape: BatchShape, size: number): WindowBatch {
  const floats = (length: number) => new Float32Array(length * size);
  const flags = (length: number) => new Uint8Array(length * size);
  const { input, target, mask, targetMask, observed, targetObserved, weight, label, entity } = shape;
  return {
    size,
    input: floats(input),
    ...(target !== undefined && { target: floats(target) }),
    ...(mask !== undefined && { mask: flags(mask) }),
    ...(targetMask !== undefined && { targetMask: flags(targetMask) }),
    ...(observed !== undefined && { observed: flags(observed) }),
    ...(targetObserved !== undefined && { targetObserved: flags(targetObserved) }),
    ...(weight !== undefined && { weight: floats(weight) }),
    ...(label !== undefined && { label: floats(label) }),
    ...(entity !== undefined && { entity: new Uint32Array(entity * size) }),
  };
}

/** Returns `indices[at]`, after refusing one outside `[0, length)`. */
export function indexAt(indices: ArrayLike<number>, at: number, length: number): number {
  const index = indices[at]!;
  // The argument's name costs more than all else: it is made up only to be said.
  if (Number.isInteger(index) && index >= 0 && index < length) return index;
  return checkIndex(`indices[${at}]`, index, length);
}

/** Refuses an index outside `[0, length)`. */
export function checkIndex(argument: string, index: unknown, length: number): number {
  if (length === 0) throw argumentError(argument, 'left out: there are no windows', index);
  return checkInteger(argument, index, { min: 0, max: length - 1 });
}

import { argumentError, checkInteger, checkKeys, checkNumber } from '@retrace/errors';
import { philox } from './philox.ts';

/** What a dropout mask is a function of, besides the element's index. */
export interface DropoutPosition {
  /** From 0 to 2^53 − 1. */
  seed: number;
  /** The training step, from 0 to 2^32 − 1. */
  step: number;
  /** A number for the place in the network, from 0 to 2^32 − 1. */
  layer: number;
}

/** The counter's last word, which keeps masks apart from the streams of `createRandom` with the same seed. */
const DROPOUT = 0x64726f70;

/**
 * Returns the uniform number in [0, 1), a multiple of 2^-32, of one element of one layer at one training step.
 *
 * It is a pure function of its arguments, the same on every runtime: word `index` mod 4 of Philox 4x32-10 with
 * the seed as key and [⌊index / 4⌋, step, layer, 0x64726f70] as counter.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if an argument is no integer in its range.
 */
export function uniformAt(position: DropoutPosition, index: number): number {
  const counter = checkPosition(position);
  checkInteger('index', index, { min: 0, max: 2 ** 34 - 1 });
  const block = new Uint32Array(4);
  fillBlock(counter, Math.floor(index / 4), block);
  return block[index % 4]! * 2 ** -32;
}

/**
 * Returns an inverted-dropout mask: element `i` is 0 where {@link uniformAt} is below `rate`, else 1 / (1 − rate).
 *
 * @param into The array to fill instead of a new one; its length must be `length`.
 * @throws `RETRACE_INVALID_ARGUMENT` if `rate` is outside [0, 1) or another argument outside its range.
 */
export function dropoutMask(
  position: DropoutPosition,
  length: number,
  rate: number,
  into?: Float32Array,
): Float32Array {
  const counter = checkPosition(position);
  checkInteger('length', length, { min: 0, max: 2 ** 32 - 1 });
  checkNumber('rate', rate, { min: 0 });
  if (rate >= 1) throw argumentError('rate', 'below 1', rate, 'A rate of 1 would drop everything.');
  if (into && into.length !== length) throw argumentError('into', `a Float32Array of length ${length}`, into);
  const mask = into ?? new Float32Array(length);
  const kept = 1 / (1 - rate);
  const threshold = rate * 2 ** 32;
  const block = new Uint32Array(4);
  for (let i = 0; i < length; i++) {
    if (i % 4 === 0) fillBlock(counter, i / 4, block);
    mask[i] = block[i % 4]! < threshold ? 0 : kept;
  }
  return mask;
}

function fillBlock({ seed, step, layer }: DropoutPosition, index: number, into: Uint32Array): void {
  philox(index, step, layer, DROPOUT, seed >>> 0, Math.floor(seed / 2 ** 32), into);
}

function checkPosition(position: DropoutPosition): DropoutPosition {
  checkKeys('position', position, ['seed', 'step', 'layer']);
  return {
    seed: checkInteger('position.seed', position.seed, { min: 0 }),
    step: checkInteger('position.step', position.step, { min: 0, max: 2 ** 32 - 1 }),
    layer: checkInteger('position.layer', position.layer, { min: 0, max: 2 ** 32 - 1 }),
  };
}

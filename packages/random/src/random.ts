import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import { normalQuantile } from './normal-quantile.ts';
import { philox } from './philox.ts';

/** Where a generator stands, as plain JSON: {@link createRandom} continues from it exactly. */
export interface RandomState {
  readonly algorithm: 'philox4x32-10';
  /** Two unsigned 32-bit words: the cipher's key. */
  readonly key: readonly [number, number];
  /** Two unsigned 32-bit words: the upper half of the counter. */
  readonly stream: readonly [number, number];
  /** 32-bit words drawn so far. */
  readonly position: number;
}

/** An array whose elements can be exchanged in place: any array or typed array. */
export interface MutableArrayLike {
  readonly length: number;
  [index: number]: unknown;
}

/** A seeded stream of random numbers; the same state gives the same numbers on every platform. */
export interface Random {
  /** Returns an unsigned 32-bit integer. */
  uint32(): number;
  /** Returns a number in [0, 1): one of the 2^53 multiples of 2^-53, each equally likely. */
  uniform(): number;
  /**
   * Returns a standard normal deviate, the quantile of a uniform one of 52 bits: accurate to about 1e-15,
   * of magnitude up to 8.2.
   */
  normal(): number;
  /** Returns an integer in [0, n), each equally likely; `n` is from 1 to 2^53 − 1. */
  integer(n: number): number;
  /** Puts the elements of `array` into random order (Fisher–Yates), in place, and returns it. */
  shuffle<A extends MutableArrayLike>(array: A): A;
  /** Returns the integers 0 to n − 1 in random order. */
  permutation(n: number): Uint32Array;
  /**
   * Returns an independent generator for `label`, at its start.
   *
   * It depends on the seed, the labels forked so far and `label`, not on what was drawn: adding a draw in one
   * place moves no other stream. The same label gives the same generator.
   */
  fork(label: string): Random;
  /** Returns the present state, from which {@link createRandom} continues. */
  state(): RandomState;
}

/**
 * Creates a generator from a seed, an integer from 0 to 2^53 − 1, or from the state of an earlier one.
 *
 * The numbers are those of Philox 4x32-10 with the seed as key and the count of blocks as counter.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the seed is no such integer or the state is malformed.
 */
export function createRandom(seed: number | RandomState): Random {
  if (typeof seed === 'object') return streamFrom(checkState(seed));
  checkInteger('seed', seed, { min: 0 });
  return streamFrom({ algorithm: 'philox4x32-10', key: words(seed), stream: [0, 0], position: 0 });
}

function streamFrom({ algorithm, key, stream, position: start }: RandomState): Random {
  const block = new Uint32Array(4);
  let position = start;
  if (position % 4 !== 0) fill();

  function fill(): void {
    const [low, high] = words(Math.floor(position / 4));
    philox(low, high, stream[0], stream[1], key[0], key[1], block);
  }

  function uint32(): number {
    if (position % 4 === 0) fill();
    return block[position++ % 4]!;
  }

  function uint53(): number {
    const high = uint32() >>> 5;
    return high * 2 ** 26 + (uint32() >>> 6);
  }

  function integer(n: number): number {
    checkInteger('n', n, { min: 1 });
    const [draw, span] = n <= 2 ** 32 ? [uint32, 2 ** 32] : [uint53, 2 ** 53];
    const limit = span - (span % n);
    let value = draw();
    while (value >= limit) value = draw();
    return value % n;
  }

  function shuffle<A extends MutableArrayLike>(array: A): A {
    const items: MutableArrayLike = array;
    for (let i = items.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return array;
  }

  return {
    uint32,
    uniform: () => uint53() * 2 ** -53,
    normal: () => normalQuantile((Math.floor(uint53() / 2) + 0.5) * 2 ** -52),
    integer,
    shuffle,
    permutation(n) {
      checkInteger('n', n, { min: 0, max: 2 ** 32 - 1 });
      return shuffle(Uint32Array.from({ length: n }, (_, i) => i));
    },
    fork: (label) => streamFrom(forkState(label, key, stream)),
    state: () => ({ algorithm, key, stream, position }),
  };
}

/** Marks the counter that begins a fork: a block count, below 2^51, never has so high a second word. */
const FORK = 0x666f726b;

/** Chains the label's code units through the cipher; the last block is the fork's key and stream. */
function forkState(label: string, key: RandomState['key'], stream: RandomState['stream']): RandomState {
  if (typeof label !== 'string') throw argumentError('label', 'a string', label);
  const chain = new Uint32Array(4);
  philox(label.length, FORK, stream[0], stream[1], key[0], key[1], chain);
  for (let i = 0; i < label.length; i++)
    philox(chain[0]! ^ label.charCodeAt(i), chain[1]!, chain[2]!, chain[3]!, key[0], key[1], chain);
  return {
    algorithm: 'philox4x32-10',
    key: [chain[0]!, chain[1]!],
    stream: [chain[2]!, chain[3]!],
    position: 0,
  };
}

/** The low and high 32-bit words of an integer up to 2^53. */
function words(integer: number): [low: number, high: number] {
  return [integer >>> 0, Math.floor(integer / 2 ** 32)];
}

function checkState(state: RandomState): RandomState {
  checkKeys('state', state, ['algorithm', 'key', 'stream', 'position']);
  checkOneOf('state.algorithm', state.algorithm, ['philox4x32-10']);
  return {
    algorithm: state.algorithm,
    key: checkWords('state.key', state.key),
    stream: checkWords('state.stream', state.stream),
    position: checkInteger('state.position', state.position, { min: 0 }),
  };
}

function checkWords(name: string, value: readonly [number, number]): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) throw argumentError(name, 'two 32-bit words', value);
  const word = (i: 0 | 1) => checkInteger(`${name}[${i}]`, value[i], { min: 0, max: 2 ** 32 - 1 });
  return [word(0), word(1)];
}

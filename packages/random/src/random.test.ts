import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random, type RandomState } from './random.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const moment = (values: readonly number[], power: number) => mean(values.map((value) => value ** power));

/** Pearson's statistic of equally likely bins, in standard deviations from its mean (bins − 1). */
function chiSquareExcess(bins: readonly number[]): number {
  const expected = bins.reduce((sum, count) => sum + count, 0) / bins.length;
  const statistic = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (statistic - (bins.length - 1)) / Math.sqrt(2 * (bins.length - 1));
}

function counts(bins: number, samples: readonly number[]): number[] {
  const result = new Array<number>(bins).fill(0);
  for (const bin of samples) result[bin]!++;
  return result;
}

// Seeds are fixed, so these either hold or not; 4 standard deviations would fail once in 16,000 random seeds.
const SIGMAS = 4;

describe('createRandom', () => {
  it('starts seed 0 with the known answers of counters 0 and 1', () => {
    const random = createRandom(0);
    expect(draws(4, random.uint32)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(random.state().position).toBe(4);
  });
  it('continues from any state with the numbers that would have come', () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.nat(9), (seed, drawn) => {
        const random = createRandom(seed);
        draws(drawn, random.uint32);
        const resumed = createRandom(JSON.parse(JSON.stringify(random.state())));
        const both = [random, resumed].map((r) => [
          r.uniform(),
          r.normal(),
          r.integer(1000),
          ...r.permutation(5),
        ]);
        expect(both[0]).toEqual(both[1]);
      }),
    );
  });
  it('uses all 53 bits of the seed', () => {
    const firsts = [1, 1 + 2 ** 32, 1 + 2 ** 52].map((seed) => createRandom(seed).uint32());
    expect(new Set(firsts).size).toBe(3);
  });
  it.each([-1, 0.5, 2 ** 53, Number.NaN, '1', undefined])('refuses the seed %s', (seed) => {
    expect(() => createRandom(seed as number)).toThrow('`seed` must be an integer');
  });
  const state: RandomState = createRandom(1).state();
  it.each([
    [null, '`state` must be an object'],
    [{ ...state, algorithm: 'mt19937' }, '`state.algorithm` must be one of'],
    [{ ...state, key: [1] }, '`state.key` must be two 32-bit words'],
    [{ ...state, stream: [0, 2 ** 32] }, '`state.stream[1]` must be an integer'],
    [{ ...state, position: -4 }, '`state.position` must be an integer'],
    [{ ...state, spare: 1 }, '`state` must be an object without unknown keys'],
  ])('refuses the state %o', (wrong, message) => {
    expect(() => createRandom(wrong as RandomState)).toThrow(message);
  });
});

describe('uniform', () => {
  it('fills 256 bins of [0, 1) evenly', () => {
    const random = createRandom(11);
    const bins = counts(
      256,
      draws(100_000, () => Math.floor(random.uniform() * 256)),
    );
    expect(Math.abs(chiSquareExcess(bins))).toBeLessThan(SIGMAS);
  });
  it('uses the lowest of its 53 bits', () => {
    const random = createRandom(12);
    const ones = mean(draws(10_000, () => (random.uniform() * 2 ** 53) % 2));
    expect(Math.abs(ones - 0.5)).toBeLessThan(SIGMAS * (0.5 / 100));
  });
});

describe('normal', () => {
  it('has the moments 0, 1, 0 and 3 of the standard normal', () => {
    const random = createRandom(13);
    const values = draws(100_000, random.normal);
    const scale = SIGMAS / Math.sqrt(values.length);
    // The variances of z, z², z³ and z⁴ are 1, 2, 15 and 96.
    expect(Math.abs(moment(values, 1))).toBeLessThan(scale);
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(scale * Math.sqrt(2));
    expect(Math.abs(moment(values, 3))).toBeLessThan(scale * Math.sqrt(15));
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(scale * Math.sqrt(96));
  });
  it('does not follow the deviate before it', () => {
    const random = createRandom(14);
    const values = draws(100_000, random.normal);
    const correlation = mean(values.slice(1).map((value, i) => value * values[i]!));
    expect(Math.abs(correlation)).toBeLessThan(SIGMAS / Math.sqrt(values.length));
  });
});

describe('integer', () => {
  it('is equally likely in every value of a range that does not divide 2^32', () => {
    const random = createRandom(15);
    expect(
      Math.abs(
        chiSquareExcess(
          counts(
            97,
            draws(50_000, () => random.integer(97)),
          ),
        ),
      ),
    ).toBeLessThan(SIGMAS);
  });
  it('has no modulo bias where a plain remainder would double the lower third', () => {
    const random = createRandom(16);
    const n = 3 * 2 ** 30;
    const lower = mean(draws(20_000, () => (random.integer(n) < 2 ** 30 ? 1 : 0)));
    expect(Math.abs(lower - 1 / 3)).toBeLessThan(SIGMAS * Math.sqrt(2 / 9 / 20_000));
  });
  it('reaches above 2^32', () => {
    const random = createRandom(17);
    const values = draws(1000, () => random.integer(Number.MAX_SAFE_INTEGER));
    expect(Math.abs(mean(values) / 2 ** 53 - 0.5)).toBeLessThan(SIGMAS / Math.sqrt(12 * 1000));
  });
  it.each([0, -1, 1.5, Number.NaN])('refuses n = %d', (n) => {
    expect(() => createRandom(1).integer(n)).toThrow('`n` must be an integer of at least 1');
  });
});

describe('shuffle', () => {
  it('keeps the elements of any array and returns the array itself', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (array, seed) => {
        const shuffled = [...array];
        expect(createRandom(seed).shuffle(shuffled)).toBe(shuffled);
        expect(shuffled.toSorted()).toEqual(array.toSorted());
      }),
    );
  });
  it('reaches the 24 orders of four elements equally often', () => {
    const random = createRandom(18);
    const bins = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle([0, 1, 2, 3]).join('');
      bins.set(order, (bins.get(order) ?? 0) + 1);
    }
    expect(bins.size).toBe(24);
    expect(Math.abs(chiSquareExcess([...bins.values()]))).toBeLessThan(SIGMAS);
  });
});

describe('permutation', () => {
  it('holds each of 0 to n − 1 once', () => {
    const permutation = createRandom(19).permutation(1000);
    expect(permutation.toSorted()).toEqual(Uint32Array.from({ length: 1000 }, (_, i) => i));
    expect(permutation).not.toEqual(permutation.toSorted());
  });
  it.each([-1, 2 ** 32])('refuses n = %d', (n) => {
    expect(() => createRandom(1).permutation(n)).toThrow('`n` must be an integer');
  });
});

describe('fork', () => {
  const first = (random: Random) => random.uint32();

  it('depends on the label and not on what was drawn', () => {
    const random = createRandom(20);
    const before = first(random.fork('weights'));
    random.uniform();
    expect(first(random.fork('weights'))).toBe(before);
  });
  it('gives another stream for every label, path of labels and seed', () => {
    const random = createRandom(20);
    const streams = [
      random,
      random.fork(''),
      random.fork('a'),
      random.fork('b'),
      random.fork('ab'),
      random.fork('ba'),
      random.fork('a').fork('b'),
      createRandom(21).fork('a'),
    ];
    expect(new Set(streams.map(first)).size).toBe(streams.length);
  });
  it('is uncorrelated with its parent', () => {
    const parent = createRandom(22);
    const child = parent.fork('child');
    const correlation = mean(draws(50_000, () => parent.normal() * child.normal()));
    expect(Math.abs(correlation)).toBeLessThan(SIGMAS / Math.sqrt(50_000));
  });
  it('refuses a label that is no string', () => {
    expect(() => createRandom(1).fork(3 as unknown as string)).toThrow('`label` must be a string');
  });
});

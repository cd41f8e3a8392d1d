import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { discord } from './discord.ts';

const { training, test, discord: golden } = readGoldenBaselines();
const noise = (rows: number, seed: number) =>
  Array.from({ length: rows }, (_, row) => Math.sin(seed * (row + 1) ** 2));

describe('discord', () => {
  it.each(golden)(
    'equals all z-normalised distances, of length $length to neighbour $neighbour',
    ({ length, neighbour, scores }) => {
      expectClose(discord(training, { length, neighbour }).score(test).scores, scores, 1e-9);
    },
  );

  it('puts flat sub-sequences 0 from each other and √length from all others', () => {
    const flatAndNot = seriesOf([...noise(20, 1), ...new Float64Array(20).fill(3)], 1);
    const level = seriesOf(new Float64Array(8).fill(-1), 1);
    const scoresOf = (trained: typeof level, scored: typeof level, neighbour = 1) =>
      discord([trained], { length: 8, neighbour }).score(scored).scores;
    expectClose(scoresOf(flatAndNot, level), new Float64Array(8));
    expectClose(scoresOf(flatAndNot, level, 13), new Float64Array(8));
    expectClose(scoresOf(flatAndNot, level, 14), new Float64Array(8).fill(Math.sqrt(8)));
    expectClose(scoresOf(seriesOf(noise(20, 1), 1), level), new Float64Array(8).fill(Math.sqrt(8)));
    // The opposite of the only other shape is 2 √length away, so a flat one is nearer.
    const shape = noise(8, 1);
    const opposite = seriesOf(
      shape.map((value) => -value),
      1,
    );
    expectClose(scoresOf(seriesOf(shape, 1), opposite), new Float64Array(8).fill(2 * Math.sqrt(8)));
    const both = [seriesOf(shape, 1), level];
    expectClose(discord(both, { length: 8 }).score(opposite).scores, new Float64Array(8).fill(Math.sqrt(8)));
  });

  it('scores what training holds, at any height and scale, 0, far into a long run', () => {
    const known = noise(3000, 1);
    const { scores } = discord([seriesOf(known, 1)], { length: 20 }).score(
      seriesOf(
        known.map((value) => 50 + 3 * value),
        1,
      ),
    );
    // The distance is the root of what rounding leaves of a correlation of 1.
    expect(Math.max(...scores)).toBeLessThan(1e-5);
  });

  it('forgets a wild value once it is past', () => {
    const baseline = discord([seriesOf(noise(3000, 1), 1)], { length: 20 });
    const calm = noise(1200, 2);
    const wild = calm.map((value, row) => (row === 30 ? 1e30 : value));
    const [expected, scores] = [calm, wild].map((values) => baseline.score(seriesOf(values, 1)).scores);
    expectClose(scores!.subarray(42), expected!.subarray(42), 1e-6);
    // By then its traces in the rounding are renewed away.
    expectClose(scores!.subarray(1040), expected!.subarray(1040), 1e-12);
    expect(scores![30]).not.toBeCloseTo(expected![30]!, 1);
  });

  it('of more training cells than maxCells takes stretches, and says so', () => {
    const warnings: string[] = [];
    const known = [seriesOf(noise(5000, 1), 1), seriesOf(noise(60, 2), 1)];
    const baseline = discord(known, {
      length: 20,
      maxCells: 1000,
      onWarning: (message) => warnings.push(message),
    });
    expect(warnings).toEqual([expect.stringMatching(/compares with 960 of 5060 training rows.*maxCells/)]);
    const all = discord(known, { length: 20 }).score(seriesOf(noise(200, 3), 1)).scores;
    const some = baseline.score(seriesOf(noise(200, 3), 1)).scores;
    for (const [row, score] of some.entries()) expect(score).toBeGreaterThanOrEqual(all[row]! - 1e-9);
  });

  it('joins 10,000 rows with 10,000 in seconds', () => {
    const baseline = discord([seriesOf(noise(10_000, 1), 1)], { length: 50 });
    const long = seriesOf(noise(10_000, 2), 1);
    const before = performance.now();
    baseline.score(long);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it.each([
    ['runs shorter than a sub-sequence', [seriesOf([1, 2], 1)], { length: 3 }, 'RETRACE_TOO_FEW_ROWS'],
    ['a length of 2', training, { length: 2 }, 'RETRACE_INVALID_ARGUMENT'],
    ['a neighbour of 0', training, { neighbour: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['maxCells of 0', training, { maxCells: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['what cannot be told', training, { onWarning: 1 }, 'RETRACE_INVALID_ARGUMENT'],
  ])('refuses %s', (_, series, options, code) => {
    expect(thrownBy(() => Reflect.apply(discord, undefined, [series, options])).code).toBe(code);
  });
});

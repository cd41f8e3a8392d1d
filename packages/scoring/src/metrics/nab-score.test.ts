import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { bestNabScore } from './best-nab-score.ts';
import type { NabProfile } from './nab-rewards.ts';
import { nabScore } from './nab-score.ts';

const profiles: readonly NabProfile[] = ['standard', 'reward_low_FP_rate', 'reward_low_FN_rate'];
const golden = readGoldenMetrics().flatMap(({ nab, ...one }) => (nab ? [{ ...one, nab }] : []));
const drawn = (labels: string, flags: string) => [{ labels: bits(labels), flags: bits(flags) }];
const sigma = (y: number) => 2 / (1 + Math.exp(5 * y)) - 1;

describe('nabScore', () => {
  it('has golden values of NAB', () => expect(golden.length).toBeGreaterThan(5));

  it.each(golden)('equals the sweeper of NAB: $name', ({ labels, scores, at, nab }) => {
    for (const profile of profiles) {
      for (const [k, { threshold }] of at.entries()) {
        // NAB flags scores at the threshold too.
        const series = [{ labels, flags: scores.map((score) => Number(score >= threshold)) }];
        expect(nabScore(series, { profile }).raw).toBeCloseTo(nab[profile]!.at[k]!.score, 12);
      }
    }
  });

  it.each(profiles)('is 0 for flagging nothing and 100 for flagging the starts of windows: %s', (profile) => {
    const labels = '....####..####......';
    expect(nabScore(drawn(labels, '....................'), { profile }).score).toBe(0);
    expect(nabScore(drawn(labels, '....#.....#.........'), { profile }).score).toBeCloseTo(100, 12);
  });

  it.each<[string, string, string, NabProfile, number]>([
    ['earns less for finding a window late', '....####', '......#.', 'standard', sigma(-2 / 4) / sigma(-1)],
    ['counts the earliest row of a window', '....####', '.....#.#', 'standard', sigma(-3 / 4) / sigma(-1)],
    ['pays for each false row', '..........##', '..##......#.', 'standard', 1 - 0.22],
    [
      'pays double where false alarms are dear',
      '..........##',
      '..#.......#.',
      'reward_low_FP_rate',
      1 - 0.22,
    ],
    ['pays double where misses are dear', '..........##', '............', 'reward_low_FN_rate', -2],
    ['pays less just after a window', '..####......', '..#....#....', 'standard', 1 + 0.11 * sigma(2 / 3)],
    ['pays in full after a window of one row', '..#...', '..##..', 'standard', 1 - 0.11],
  ])('%s', (_, labels, flags, profile, raw) => {
    expect(nabScore(drawn(labels, flags), { profile, probation: 0 }).raw).toBeCloseTo(raw, 12);
  });

  it('leaves out the probation: its rows, and windows within it', () => {
    const series = drawn('##..................', '##.#................');
    expect(nabScore(series)).toEqual({ score: null, raw: 0.11 * sigma(2) });
    expect(nabScore(series, { probation: 0 }).raw).toBeCloseTo(1 + 0.11 * sigma(2), 12);
  });

  it('has a probation of at most 15 % of 5,000 rows', () => {
    const labels = new Uint8Array(10_000).fill(1, 9000);
    const costOf = (row: number) =>
      nabScore([{ labels, flags: new Uint8Array(10_000).fill(1, row, row + 1) }]).raw + 1;
    expect(costOf(749)).toBe(0);
    expect(costOf(750)).toBeCloseTo(-0.11, 12);
  });

  it('sums over series and normalises the sum', () => {
    const [found] = drawn('..##', '..#.');
    const [missed] = drawn('..##', '....');
    expect(nabScore([found!, missed!])).toEqual({ score: 50, raw: 0 });
  });

  it('leaves out rows without a score', () => {
    const [one] = drawn('....##....##', '.#..........');
    const { raw } = nabScore([{ ...one!, scored: bits('..####......') }], { probation: 0 });
    expect(raw).toBe(-1);
  });

  it.each<[string, object]>([
    ['profile', { profile: 'reward_low_fp_rate' }],
    ['probation', { probation: 15 }],
    ['options', { profiles: [] }],
  ])('refuses `%s`', (argument, options) => {
    expect(thrownBy(() => nabScore([], options)).details).toMatchObject({ argument });
  });

  it('refuses flags that are not zeros and ones', () => {
    const error = thrownBy(() => nabScore([{ labels: [1], flags: [2] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].flags[0]' });
  });
});

describe('bestNabScore', () => {
  it.each(golden)('equals the optimum of NAB: $name', ({ labels, scores, nab }) => {
    for (const profile of profiles) {
      const { raw, lowestFlagged } = bestNabScore([{ labels, scores }], { profile });
      expect(raw).toBeCloseTo(nab[profile]!.best.score, 12);
      // NAB writes flagging nothing as the threshold 1.1.
      expect(lowestFlagged ?? 1.1).toBe(nab[profile]!.best.threshold);
    }
  });

  it('is the highest that one threshold for all series attains', () => {
    const row = fc.record({
      score: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constant(Number.NaN)),
      label: fc.constantFrom(0, 0, 1),
    });
    const series = fc.array(fc.array(row, { maxLength: 20 }), { maxLength: 3 });
    fc.assert(
      fc.property(series, fc.constantFrom(...profiles), (series, profile) => {
        const options = { profile, probation: 0.1 };
        const at = (lowest: number) =>
          nabScore(
            series.map((rows) => ({
              flags: rows.map(({ score }) => Number(score >= lowest)),
              scored: rows.map(({ score }) => Number(!Number.isNaN(score))),
              labels: rows.map(({ label }) => label),
            })),
            options,
          );
        const best = bestNabScore(
          series.map((rows) => ({
            scores: rows.map(({ score }) => score),
            labels: rows.map(({ label }) => label),
          })),
          options,
        );
        const every = [0, 1, 2, 3, 4, 5, Infinity].map((lowest) => at(lowest).raw);
        expect(best.raw).toBeCloseTo(Math.max(...every), 12);
        const own = at(best.lowestFlagged ?? Infinity);
        expect(best.raw).toBeCloseTo(own.raw, 12);
        if (own.score === null) expect(best.score).toBeNull();
        else expect(best.score).toBeCloseTo(own.score, 10);
      }),
    );
  });

  it('refuses scores that are no numbers', () => {
    const error = thrownBy(() => bestNabScore([{ scores: ['1' as unknown as number], labels: [1] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].scores[0]' });
  });
});

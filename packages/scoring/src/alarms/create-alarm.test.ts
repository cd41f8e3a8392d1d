import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoldenPeaks } from '../../fixtures/golden-peaks.ts';
import { normalScores, someThresholds } from '../../fixtures/some-thresholds.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { createAlarm } from './create-alarm.ts';
import { fitThreshold } from './fit-threshold.ts';
import { flagRows } from './flag-rows.ts';
import { mostPeaks } from './peaks-threshold.ts';
import { isConstantThreshold } from './threshold-state.ts';

const usual = fc.double({ min: 0, max: 3, noNaN: true });
const unusual = fc.oneof(
  fc.double({ min: 3, max: 1e3, noNaN: true }),
  fc.constantFrom(Number.NaN, 0, 1e300, Infinity),
);
const scores = fc.array(fc.oneof({ weight: 9, arbitrary: usual }, unusual), { maxLength: 150 });

describe.each(someThresholds)('an alarm of kind $kind', (threshold) => {
  it('judges rows one by one, over a JSON file in the middle, as flagRows judges all', () => {
    fc.assert(
      fc.property(scores, fc.nat(150), (scores, cut) => {
        const { flags, thresholds } = flagRows(scores, threshold);
        let alarm = createAlarm(threshold);
        for (const [row, score] of scores.entries()) {
          if (row === cut) alarm = createAlarm(JSON.parse(JSON.stringify(alarm.state())));
          expect(alarm.push(score)).toEqual({ threshold: thresholds[row], above: flags[row] === 1 });
        }
      }),
    );
  });
  it('flags no row at its threshold or below, and has a finite threshold always', () => {
    fc.assert(
      fc.property(scores, (scores) => {
        const { flags, thresholds } = flagRows(scores, threshold);
        for (const [row, score] of scores.entries()) {
          expect(Number.isFinite(thresholds[row])).toBe(true);
          if (!(score > thresholds[row]!)) expect(flags[row]).toBe(0);
        }
      }),
    );
  });
  it('judges a row without looking at what comes later', () => {
    fc.assert(
      fc.property(scores, scores, (before, after) => {
        const { flags } = flagRows([...before, ...after], threshold);
        expect(flags.subarray(0, before.length)).toEqual(flagRows(before, threshold).flags);
      }),
    );
  });
  it('finds what stands far out, and learns nothing from rows without a score', () => {
    const alarm = createAlarm(threshold);
    for (const score of normalScores(100, 2)) alarm.push(score);
    const state = alarm.state();
    expect(alarm.push(Number.NaN).above).toBe(false);
    expect(alarm.state()).toEqual(state);
    expect(alarm.push(40).above).toBe(true);
  });
  it('leaves the fitted state as it was', () => {
    const before = JSON.stringify(threshold);
    flagRows(normalScores(100, 3), threshold);
    expect(JSON.stringify(threshold)).toBe(before);
  });
  it('refuses what is no number', () => {
    const alarm = createAlarm(threshold);
    for (const score of [null, undefined, '3']) {
      expect(thrownBy(() => Reflect.apply(alarm.push, alarm, [score])).details).toMatchObject({
        argument: 'score',
      });
    }
  });
});

it('createAlarm refuses what is no fitted threshold', () => {
  expect(thrownBy(() => Reflect.apply(createAlarm, undefined, [3])).code).toBe('RETRACE_THRESHOLD_STATE');
});

describe('spot and dspot', () => {
  it.each(readGoldenPeaks().streams)("$kind has the thresholds that scipy's fits give", (golden) => {
    const { kind, risk, level, depth } = golden;
    const threshold = fitThreshold(golden.calibration, {
      kind,
      risk,
      level,
      ...(kind === 'dspot' && { depth }),
    });
    const found = flagRows(
      golden.scores.map((score) => score ?? Number.NaN),
      threshold,
    );
    expect(Array.from(found.flags)).toEqual(golden.flags);
    for (const [row, expected] of golden.thresholds.entries()) {
      expect(Math.abs(found.thresholds[row]! - expected)).toBeLessThan(1e-6 * expected);
    }
    expect(golden.flags).toContain(1);
  });
  it('remember no more than their latest peaks', () => {
    const alarm = createAlarm(fitThreshold(normalScores(3000, 4), { kind: 'spot', level: 0.5 }));
    const before = alarm.state();
    for (let row = 0; row < 40; row++) alarm.push(1 + row / 100);
    const after = alarm.state();
    if (before.kind !== 'spot' || after.kind !== 'spot') throw new Error('another kind');
    expect(before.excesses).toHaveLength(mostPeaks);
    expect(before.peaks).toBe(1500);
    expect(after.excesses).toHaveLength(mostPeaks);
    expect(after.peaks).toBe(1540);
    expect(after.excesses.slice(0, -40)).toEqual(before.excesses.slice(40));
  });
  it('dspot follows a drift that spot flags', () => {
    const drifting = normalScores(2000, 5).map((score, row) => score + row / 100);
    const [spot, dspot] = (['spot', 'dspot'] as const).map((kind) => {
      const { flags } = flagRows(drifting.subarray(1000), fitThreshold(drifting.subarray(0, 1000), { kind }));
      return flags.reduce((sum, flag) => sum + flag, 0);
    });
    expect(dspot).toBeLessThan(10);
    expect(spot).toBeGreaterThan(300);
  });
});

describe('dspot', () => {
  it('has no threshold below 0, where scores that fell have all but done so', () => {
    const noise = normalScores(400, 10);
    const falling = noise.map((score, row) => 2 * (400 - row) + score);
    const threshold = fitThreshold(falling, { kind: 'dspot', level: 0.5, depth: 50 });
    const { flags, thresholds } = flagRows(new Float64Array(60), threshold);
    expect(Math.min(...thresholds)).toBe(0);
    expect(Math.max(...flags)).toBe(0);
  });
});

describe('spot', () => {
  it('does not fall below its base where peaks become rare', () => {
    const alarm = createAlarm(fitThreshold(normalScores(100, 11), { kind: 'spot', level: 0.5, risk: 0.4 }));
    for (let row = 0; row < 500; row++) alarm.push(0);
    const before = alarm.state();
    if (before.kind !== 'spot') throw new Error('another kind');
    expect(alarm.push(before.base + 1e-9).above).toBe(false);
    expect(alarm.state()).toMatchObject({ value: before.base });
  });
});

describe('dynamic', () => {
  const calibration = normalScores(300, 6);
  const threshold = fitThreshold(calibration, { kind: 'dynamic', window: 200, buffer: 5 });
  it('finds a burst and goes back to normal, where a level of old would not', () => {
    const scores = normalScores(300, 7);
    scores.fill(8, 100, 110);
    const { flags } = flagRows(scores, threshold);
    expect(Array.from(flags.subarray(100, 110))).toEqual(new Array(10).fill(1));
    expect(flags.reduce((sum, flag) => sum + flag, 0)).toBeLessThan(15);
  });
  it('prunes what stands out little', () => {
    const flagged = (prune: number): number =>
      flagRows(
        normalScores(2000, 8),
        fitThreshold(calibration, { kind: 'dynamic', window: 200, buffer: 5, prune }),
      ).flags.reduce((sum, flag) => sum + flag, 0);
    expect(flagged(0.3)).toBeLessThan(flagged(0) / 3);
  });
  it('takes the rows of a tenth of SMAP and MSL in a tenth of a minute', () => {
    const channels = Array.from({ length: 8 }, (_, seed) => normalScores(6100, seed));
    const began = performance.now();
    for (const scores of channels) flagRows(scores, fitThreshold(calibration, { kind: 'dynamic' }));
    expect(performance.now() - began).toBeLessThan(6000);
  });
  it('forgets scores that its window has left', () => {
    const later = normalScores(200, 9);
    const alarms = [1, 2].map((seed) =>
      createAlarm(fitThreshold(normalScores(300, seed), { kind: 'dynamic', window: 200, buffer: 5 })),
    );
    for (const score of later) for (const alarm of alarms) alarm.push(score);
    const [first, second] = alarms.map((alarm) => alarm.state());
    expect(first).toEqual(second);
  });
});

it('a threshold of one level is told from one that moves', () => {
  const constant = someThresholds.filter(isConstantThreshold).map(({ kind }) => kind);
  expect(constant).toEqual(['quantile', 'sigma', 'mad', 'conformal', 'budget', 'budget', 'pot']);
});

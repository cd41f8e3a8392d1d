import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitThreshold } from './fit-threshold.ts';
import { checkThresholdState } from './threshold-state.ts';

const { values, quantiles } = readGolden().quantiles;

describe('fitThreshold', () => {
  it.each(quantiles)('interpolates the quantile $q as numpy does', ({ q, value }) => {
    // numpy interpolates from whichever neighbour is nearer, hence the last digit.
    expect(fitThreshold(values, { q }).value).toBeCloseTo(value, 14);
  });
  it('leaves rows without a score out', () => {
    expect(fitThreshold([Number.NaN, 3, Number.NaN, 1], { q: 0.5 })).toEqual({
      format: 'retrace-threshold',
      version: 1,
      kind: 'quantile',
      value: 2,
      q: 0.5,
      rows: 2,
    });
  });
  it('leaves the share q of its own scores at or below it, the rest above', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (scores, q) => {
        const { value } = fitThreshold(scores, { q });
        const above = scores.filter((score) => score > value).length;
        expect(above).toBeLessThanOrEqual(Math.ceil((1 - q) * (scores.length - 1) + 1e-9));
      }),
    );
  });
  it.each([
    [10, 3],
    [100, 3],
    [1000, 3 / Math.sqrt(10)],
  ])('of %i scores raises the quantile 0.99 by its distance from the median, %f times', (rows, times) => {
    const scores = Float64Array.from({ length: rows }, (_, row) => row);
    const { value } = fitThreshold(scores, { q: 0.99 });
    const raised = fitThreshold(scores, { q: 0.99, standardErrors: 3 });
    expect(raised.value).toBeCloseTo(value + times * (value - (rows - 1) / 2), 9);
    expect(checkThresholdState(JSON.parse(JSON.stringify(raised)))).toEqual(raised);
  });
  it('never raises a threshold beyond the largest number', () => {
    const raised = fitThreshold([0, 0, Number.MAX_VALUE], { q: 1, standardErrors: 9 });
    expect(raised.value).toBe(Number.MAX_VALUE);
  });
  it.each([
    [99, 1],
    [100, 0],
  ])('of %i scores at the default q of 0.99 warns %i times', (rows, times) => {
    const warnings: string[] = [];
    fitThreshold(new Float64Array(rows).fill(1), { onWarning: (message) => warnings.push(message) });
    expect(warnings).toHaveLength(times);
    for (const warning of warnings) expect(warning).toContain('with fewer than 100');
  });
  it('does not warn where the maximum is what was asked for', () => {
    fitThreshold([1, 2], { q: 1, onWarning: (message) => expect.fail(message) });
  });
  it('refuses calibration rows of which none has a score', () => {
    expect(thrownBy(() => fitThreshold([Number.NaN])).code).toBe('RETRACE_TOO_FEW_ROWS');
  });
  it.each([[[1, -1]], [[1, Infinity]]])('refuses the scores %j', (scores) => {
    expect(thrownBy(() => fitThreshold(scores)).message).toContain('`scores` must be finite numbers');
  });
  it('refuses a null among the scores, which is no score of 0', () => {
    const scores = [1, null] as unknown as number[];
    expect(thrownBy(() => fitThreshold(scores)).details).toMatchObject({ argument: 'scores[1]' });
  });
  it.each([
    [{ q: 1.5 }, '`q` must be'],
    [{ q: Number.NaN }, '`q` must be'],
    [{ standardErrors: -1 }, '`standardErrors` must be'],
    [{ kind: 'quantil' }, "Did you mean 'quantile'?"],
    [{ quantile: 0.9 }, '`options` must be'],
  ])('refuses the options %j', (options, message) => {
    const error = thrownBy(() => Reflect.apply(fitThreshold, undefined, [[1], options]));
    expect(error.message).toContain(message);
  });
});

describe('checkThresholdState', () => {
  const state = fitThreshold(values);
  it('accepts what JSON makes of a fitted threshold', () => {
    expect(checkThresholdState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });
  it.each([
    ['threshold', null],
    ['threshold', [state]],
    ['threshold.format', { ...state, format: 'retrace-scorer' }],
    ['threshold.version', { ...state, version: 0 }],
    ['threshold', { ...state, extra: 1 }],
    ['threshold', JSON.parse('{"format":"retrace-threshold","version":1,"kind":"quantile","__proto__":{}}')],
    ['threshold.kind', { ...state, kind: 'pots' }],
    ['threshold.value', { ...state, value: Number.NaN }],
    ['threshold.value', { ...state, value: -1 }],
    ['threshold.value', { ...state, value: null }],
    ['threshold.q', { ...state, q: 2 }],
    ['threshold.rows', { ...state, rows: 1.5 }],
  ])('refuses, naming `%s`, %o', (argument, value) => {
    const error = thrownBy(() => checkThresholdState(value));
    expect(error.code).toBe('RETRACE_THRESHOLD_STATE');
    expect(error.details).toMatchObject({ argument });
  });
  it('says that a state of a later version needs a later release', () => {
    const error = thrownBy(() => checkThresholdState({ ...state, version: 2 }));
    expect(error.code).toBe('RETRACE_UNSUPPORTED_VERSION');
  });
});

import { describe, expect, it } from 'vitest';
import { parseResample, planOf, resampleKey, resamplePlan } from './resample-plan.ts';

describe('parseResample', () => {
  it('reads a duration, and a rule after a comma', () => {
    expect(parseResample('5m')).toEqual({ every: { value: 300_000, hasUnit: true }, rule: 'last' });
    expect(parseResample('2,mean')).toEqual({ every: { value: 2, hasUnit: false }, rule: 'mean' });
  });

  it.each(['', '5m,', '5m,median', '5m,mean,last', 'mean'])('refuses %j', (text) => {
    expect(() => parseResample(text)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining('`--resample`'),
      }),
    );
  });
});

describe('planOf', () => {
  it('reads back what a plan was written as, and nothing where there is none', () => {
    const plan = resamplePlan(parseResample('5m,linear'), { value: 3_600_000, hasUnit: true });
    expect(plan).toEqual({ every: 300_000, rule: 'linear', maxGap: 3_600_000 });
    expect(planOf({ [resampleKey]: JSON.stringify(plan) })).toEqual(plan);
    const endless = resamplePlan(parseResample('5m'), undefined);
    expect(planOf({ [resampleKey]: JSON.stringify(endless) })).toEqual(endless);
    expect(planOf({})).toBeUndefined();
  });

  it.each([
    '',
    '{',
    'null',
    '{"every":0,"rule":"last"}',
    '{"every":5,"rule":"first"}',
    '{"every":5,"rule":"last","maxGap":"1h"}',
  ])('refuses the metadata %j (`RETRACE_DETECTOR_FILE`)', (text) => {
    expect(() => planOf({ [resampleKey]: text })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_DETECTOR_FILE' }),
    );
  });
});

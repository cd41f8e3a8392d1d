import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { residuals, usableResiduals } from './residuals.ts';

describe('residuals', () => {
  it('subtracts what was retraced from what was there, cell by cell', () => {
    expect(residuals(Float32Array.of(1, 2, Number.NaN, 4), Float32Array.of(0.5, 3, 1, Number.NaN))).toEqual(
      Float64Array.of(0.5, -1, Number.NaN, Number.NaN),
    );
  });
  it.each([null, undefined, '1'])('takes %j for no number, where null would otherwise be 0', (value) => {
    const error = thrownBy(() => residuals([1, value as unknown as number], [1, 1]));
    expect(error.details).toMatchObject({ argument: 'actual[1]' });
    expect(thrownBy(() => residuals([1, 1], [1, value as unknown as number])).details).toMatchObject({
      argument: 'retraced[1]',
    });
  });
  it('refuses arrays of different lengths', () => {
    const error = thrownBy(() => residuals([1, 2], [1]));
    expect(error.message).toContain('`retraced` must be of length 2.');
  });
});

describe('usableResiduals', () => {
  const features = ['flow', 'current'];
  it('copies, with NaN for what was not observed', () => {
    const values = Float64Array.of(1, Infinity, Number.NaN, 4);
    expect(usableResiduals(values, features, Uint8Array.of(1, 0, 1, 1))).toEqual(
      Float64Array.of(1, Number.NaN, Number.NaN, 4),
    );
    expect(values).toEqual(Float64Array.of(1, Infinity, Number.NaN, 4));
  });
  it.each([Infinity, -Infinity, 1e101])('refuses the residual %s, naming its row and feature', (value) => {
    const error = thrownBy(() => usableResiduals([0, 0, 0, value], features));
    expect(error.code).toBe('RETRACE_NOT_FINITE');
    expect(error.details).toEqual({ row: 1, feature: 'current', received: value });
  });
  it('refuses a length that is no number of rows', () => {
    expect(thrownBy(() => usableResiduals([1, 2, 3], features)).message).toContain('rows of 2 features');
  });
  it('refuses flags in `observed` that are not 0 or 1: false would count as observed', () => {
    const observed = [true, false] as unknown as number[];
    expect(thrownBy(() => usableResiduals([1, 2], features, observed)).details).toMatchObject({
      argument: 'observed[0]',
    });
  });
  it('refuses `observed` of another length', () => {
    expect(thrownBy(() => usableResiduals([1, 2], features, [1])).details).toMatchObject({
      argument: 'observed',
    });
  });
});

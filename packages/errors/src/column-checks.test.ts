import { describe, expect, it } from 'vitest';
import { checkFlagColumn, checkNumberColumn } from './index.ts';

const refusal = (argument: string) =>
  expect.objectContaining({
    code: 'RETRACE_INVALID_ARGUMENT',
    details: expect.objectContaining({ argument }),
  });

describe('checkNumberColumn', () => {
  it('returns a float array as it is, and numbers of any other array as float64', () => {
    const column = Float32Array.of(1, Number.NaN);
    expect(checkNumberColumn('x', column)).toBe(column);
    expect(checkNumberColumn('x', [1, Number.NaN], 2)).toEqual(Float64Array.of(1, Number.NaN));
    expect(checkNumberColumn('x', Int16Array.of(-3))).toEqual(Float64Array.of(-3));
  });
  it.each([[[1, null]], [[1, undefined]], [new Array(2).fill(1, 0, 1)], [[1, '2']], [[1, 2n]], [[1, true]]])(
    'coerces nothing: refuses %o',
    (values) => {
      expect(() => checkNumberColumn('x', values as number[])).toThrow(refusal('x[1]'));
    },
  );
  it.each([[null], ['12'], [5], [{ length: 1, 0: 1 }], [new DataView(new ArrayBuffer(8))]])(
    'refuses %o, which is no array',
    (values) => {
      expect(() => checkNumberColumn('x', values as unknown as number[])).toThrow(refusal('x'));
    },
  );
  it('refuses another length', () => {
    expect(() => checkNumberColumn('x', [1], 2)).toThrow('`x` must be of length 2.');
  });
});

describe('checkFlagColumn', () => {
  it('returns bytes', () => {
    const flags = Uint8Array.of(0, 1);
    expect(checkFlagColumn('flags', flags, 2)).toBe(flags);
    expect(checkFlagColumn('flags', [0, 1], 2)).toEqual(flags);
  });
  it.each([2, -1, 0.5, Number.NaN, true, null, '1'])('refuses %s among the flags', (flag) => {
    expect(() => checkFlagColumn('flags', [0, flag as number], 2)).toThrow(refusal('flags[1]'));
  });
  it('refuses another length', () => {
    expect(() => checkFlagColumn('flags', [0, 1, 1], 2)).toThrow(refusal('flags'));
  });
});

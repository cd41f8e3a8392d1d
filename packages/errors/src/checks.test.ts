import { describe, expect, it } from 'vitest';
import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  isRetraceError,
  nearest,
  type RetraceError,
  received,
} from './index.ts';

function thrownBy(action: () => unknown): RetraceError {
  try {
    action();
  } catch (error) {
    if (isRetraceError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('checkInteger', () => {
  it('returns what it accepts', () => {
    expect(checkInteger('units', 64, { min: 1 })).toBe(64);
  });
  it.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, '8', null, undefined, 8n, [8]])(
    'refuses %s, naming the argument',
    (value) => {
      const error = thrownBy(() => checkInteger('units', value, { min: 1 }));
      expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
      expect(error.message).toMatch(/^`units` must be an integer of at least 1\. Received: /);
      expect(error.details).toMatchObject({ argument: 'units' });
    },
  );
});

describe('checkNumber', () => {
  it('accepts both ends of its range', () => {
    expect([0, 1].map((value) => checkNumber('q', value, { min: 0, max: 1 }))).toEqual([0, 1]);
  });
  it.each([-0.1, 1.1, Number.NaN, -Infinity, '0.5'])('refuses %s', (value) => {
    expect(thrownBy(() => checkNumber('q', value, { min: 0, max: 1 })).message).toContain(
      'a finite number from 0 to 1',
    );
  });
});

describe('checkOneOf', () => {
  it('suggests the nearest choice', () => {
    const error = thrownBy(() => checkOneOf('kind', 'standart', ['standard', 'minmax', 'robust']));
    expect(error.message).toBe(
      "`kind` must be one of 'standard', 'minmax', 'robust'. Received: \"standart\". Did you mean 'standard'?",
    );
  });
});

describe('checkKeys', () => {
  it('refuses a misspelt key and names the right one', () => {
    expect(thrownBy(() => checkKeys('windows', { lookbak: 3 }, ['lookback', 'stride'])).message).toContain(
      '`lookback`',
    );
  });
  it('lists the known keys where none is near', () => {
    expect(thrownBy(() => checkKeys('windows', { zzz: 3 }, ['lookback'])).message).toContain(
      'It may have `lookback`',
    );
  });
});

describe('nearest', () => {
  it.each([
    ['lookbak', 'lookback'],
    ['STRIDE', 'stride'],
    ['elephant', undefined],
  ])('of %s is %s', (word, expected) => {
    expect(nearest(word, ['lookback', 'stride', 'horizon'])).toBe(expected);
  });
});

describe('received', () => {
  it.each([
    [new Float32Array(3), 'a Float32Array of length 3'],
    [[1, 'a', null], '[1, "a", null]'],
    [{}, 'an object (Object)'],
    [10n, '10n'],
    ['x'.repeat(100), `"${'x'.repeat(57)}…"`],
  ])('describes %o', (value, text) => {
    expect(received(value)).toBe(text);
  });
});

describe('isRetraceError', () => {
  it('recognises an error of another copy of the package by its code', () => {
    const foreign = Object.assign(new Error('x'), { code: 'RETRACE_X', details: {} });
    expect(isRetraceError(foreign, 'RETRACE_X')).toBe(true);
    expect(isRetraceError(foreign, 'RETRACE_Y')).toBe(false);
    expect(isRetraceError(new Error('x'))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import {
  argumentError,
  checkFormat,
  checkNames,
  checkNumbers,
  checkRecord,
  checkState,
  RetraceError,
} from './index.ts';

const refusal = (argument: string) =>
  expect.objectContaining({
    code: 'RETRACE_INVALID_ARGUMENT',
    details: expect.objectContaining({ argument }),
  });

describe('checkState', () => {
  it('gives what an argument check refuses a code of its own, with the same message and details', () => {
    const cause = argumentError('state.q', 'a number', 'x');
    const check = () => {
      throw cause;
    };
    const { message, details } = cause;
    expect(() => checkState('RETRACE_X', check)).toThrow(
      expect.objectContaining({ code: 'RETRACE_X', message, details, cause }),
    );
  });
  it.each([new RetraceError('RETRACE_UNSUPPORTED_VERSION', 'x'), new TypeError('x')])(
    'lets %s pass',
    (error) => {
      const check = () => {
        throw error;
      };
      expect(() => checkState('RETRACE_X', check)).toThrow(error);
    },
  );
  it('returns what the check returns', () => {
    expect(checkState('RETRACE_X', () => 3)).toBe(3);
  });
});

describe('checkRecord', () => {
  it.each([[null], [[1]], ['a'], [undefined]])('refuses %o', (value) => {
    expect(() => checkRecord('state', value)).toThrow(refusal('state'));
  });
});

describe('checkFormat', () => {
  it.each([
    ['state.format', { format: 'b', version: 1 }],
    ['state.format', { version: 1 }],
    ['state.version', { format: 'a', version: '1' }],
    ['state.version', { format: 'a', version: 0 }],
  ])('refuses, naming %s, %o', (argument, state) => {
    expect(() => checkFormat('state', state, 'a')).toThrow(refusal(argument));
  });
  it('says that a later version needs a later release', () => {
    expect(() => checkFormat('state', { format: 'a', version: 2 }, 'a')).toThrow(
      expect.objectContaining({ code: 'RETRACE_UNSUPPORTED_VERSION' }),
    );
  });
});

describe('checkNames', () => {
  it('returns a copy', () => {
    const names = ['flow', 'heat'];
    expect(checkNames('features', names)).toEqual(names);
    expect(checkNames('features', names)).not.toBe(names);
  });
  it.each([[[]], [['a', 'a']], [['a', 1]], ['ab'], [null]])('refuses %o', (value) => {
    expect(() => checkNames('features', value)).toThrow(refusal('features'));
  });
});

describe('checkNumbers', () => {
  it.each([
    ['scale', [1]],
    ['scale', '12'],
    ['scale[1]', [1, null]],
    ['scale[1]', [1, Number.NaN]],
    ['scale[0]', [0, 1]],
    ['scale[0]', new Array(2)],
  ])('refuses, naming %s, %o', (argument, value) => {
    expect(() => checkNumbers('scale', value, 2, { min: 0.5 })).toThrow(refusal(argument));
  });
});

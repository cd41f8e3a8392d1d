import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMeantAsNumber, parseNumber } from './parse-number.ts';

describe('parseNumber', () => {
  it('reads back every finite float64 as JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value === 0 ? 0 : value);
        expect(parseNumber(String(value).replace('.', ','), ',')).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each([
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['-1E-3', -0.001],
    ['007', 7],
    ['1e-400', 0],
  ])('reads %s as %d', (cell, value) => {
    expect(parseNumber(cell)).toBe(value);
  });

  it.each([
    ['', '.'],
    ['.', '.'],
    ['-', '.'],
    ['1e', '.'],
    ['1 2', '.'],
    [' 1', '.'],
    ['0x10', '.'],
    ['0b1', '.'],
    ['0o7', '.'],
    ['0X1', '.'],
    ['1_000', '.'],
    ['1e400', '.'],
    ['Infinity', '.'],
    ['NaN', '.'],
    ['١', '.'],
    ['1,5', '.'],
    ['1.5', ','],
    ['1.000,5', ','],
    ['1,5,6', ','],
  ] as const)('finds no number in %j with the decimal mark %s', (cell, decimal) => {
    expect(parseNumber(cell, decimal)).toBeUndefined();
  });

  it('takes of all that can be written with the signs of numbers what the grammar says', () => {
    const grammar = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
    const text = fc.string({ unit: fc.constantFrom(...'01.9+-eExXbBoO_nI '), maxLength: 8 });
    fc.assert(
      fc.property(text, (cell) => {
        const trimmed = cell.trimEnd();
        const expected =
          grammar.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined;
        expect(parseNumber(cell)).toBe(expected);
      }),
      { numRuns: 20_000 },
    );
  });

  it('takes time linear in the length of a cell that is none', () => {
    const started = performance.now();
    expect(parseNumber(`${'1'.repeat(1_000_000)}x`)).toBeUndefined();
    expect(isMeantAsNumber(`${'1'.repeat(1_000_000)}x`)).toBe(false);
    // Backtracking would take a million times the few milliseconds that one pass takes.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('isMeantAsNumber', () => {
  it.each(['1,5', ',5', '1,000', '1,000,000.5', '1.000,5', '1_000', '1e400', '-2,25'])(
    'is true for %s',
    (cell) => {
      expect(isMeantAsNumber(cell)).toBe(true);
    },
  );
  it.each(['on', 'N/A', '1.2.3', '2004.02.12.10.32.39', '12_34', '2015-09-01', '10:30', 'p1', ''])(
    'is false for %j',
    (cell) => {
      expect(isMeantAsNumber(cell)).toBe(false);
    },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvColumn, readSeries, toCsv } from './index.ts';

function format(columns: readonly CsvColumn[]): string {
  return [...toCsv(columns)].join('');
}

describe('toCsv', () => {
  it('writes text and numbers, NaN as an empty cell', () => {
    const columns = [
      { name: 'id', values: ['p1', 'a,b'] },
      { name: 'say "score"', values: Float64Array.of(0.1, NaN) },
    ];
    expect(format(columns)).toBe('id,"say ""score"""\np1,0.1\n"a,b",\n');
  });

  it('writes what readSeries reads back, bit for bit', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^[^=+\-@'\s\0]/.test(text) && !text.includes('\uFFFD') && text === text.trim());
    const cell = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer());
    const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
      fc.record({
        names: fc.uniqueArray(name, { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 20,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ names, rows }) => {
        const columns = names.map((name, k) => ({ name, values: rows.map((row) => row[k]!) }));
        const bytes = new TextEncoder().encode(format(columns));
        const options = { header: true, features: names, onMissing: 'mask', delimiter: ',' } as const;
        const [series] = await readSeries(bytes, options);
        // Adding 0 turns -0, which has no sign in text, into 0.
        expect(series!.values).toEqual(Float64Array.from(rows.flat(), (value) => value + 0));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+x', "'+x"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['-3', '-3'],
    ['+1e5', '+1e5'],
    ['a=b', 'a=b'],
  ])('writes the text %j as %j, so that no spreadsheet runs it', (value, cell) => {
    expect(format([{ name: value, values: [value] }])).toBe(`${cell}\n${cell}\n`);
  });

  it('leaves negative numbers alone', () => {
    expect(format([{ name: 'score', values: [-3, -1e-7] }])).toBe('score\n-3\n-1e-7\n');
  });

  it('writes a long table in pieces', () => {
    const pieces = [...toCsv([{ name: 'score', values: new Float32Array(10_000) }])];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('').split('\n')).toHaveLength(10_002);
  });

  it.each([
    [[], 'columns'],
    [
      [
        { name: 'a', values: [1] },
        { name: 'b', values: [1, 2] },
      ],
      'columns[1].values',
    ],
    [[{ name: 'a', values: [1, Infinity] }], 'columns[0].values[1]'],
  ])('refuses %j before it writes anything', (columns, argument) => {
    expect(() => toCsv(columns)).toThrow(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        details: expect.objectContaining({ argument }),
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { FeatureColumn, type FeatureColumnOptions } from './feature-column.ts';
import type { Cells } from './table-batch.ts';
import { TableProblems } from './table-problems.ts';

const problems = () => new TableProblems('f');

/** Reads batches of cells, of rows from 2 on, and refuses the problems. */
function read(batches: readonly Cells[], options: Partial<FeatureColumnOptions> = {}): FeatureColumn {
  const all: FeatureColumnOptions = {
    name: 'flow',
    problems: problems(),
    chosen: false,
    decimal: '.',
    missing: new Set(['NA', '-999']),
    onMissing: 'mask',
    ...options,
  };
  const column = new FeatureColumn(all);
  let row = 2;
  for (const cells of batches) {
    const count = 'milliseconds' in cells ? cells.milliseconds.length : cells.length;
    column.add(
      cells,
      Array.from({ length: count }, () => row++),
    );
  }
  all.problems.refuse();
  return column;
}

function numbers({ values }: FeatureColumn): Float64Array {
  const all = new Float64Array(values.length);
  values.moveInto(all);
  return all;
}

describe('FeatureColumn', () => {
  it('holds NaN where a cell is missing, above the first number too', () => {
    const column = read([
      ['', 'NA'],
      ['1', '-999', ' 2 '],
    ]);
    expect(column.numeric).toBe(true);
    expect(numbers(column)).toEqual(Float64Array.of(NaN, NaN, 1, NaN, 2));
  });

  it.each<[string, Cells, number[]]>([
    ['float64', Float64Array.of(0.1, NaN, -999), [0.1, NaN, NaN]],
    ['float32', Float32Array.of(0.5, NaN), [0.5, NaN]],
    ['integers', Int16Array.of(-1, 7), [-1, 7]],
    ['large integers', BigInt64Array.of(-(2n ** 53n), 3n), [-(2 ** 53), 3]],
    ['truths, numbers and nothing', [true, false, null, undefined, 5, 7n, '-2'], [1, 0, NaN, NaN, 5, 7, -2]],
  ])('takes %s as numbers', (_, cells, expected) => {
    expect(numbers(read([cells]))).toEqual(Float64Array.from(expected));
  });

  it('keeps float64 cells to the bit', () => {
    const cells = Float64Array.of(-0, 5e-324, 1e308);
    expect(numbers(read([cells, cells], { missing: new Set() }))).toEqual(
      Float64Array.of(...cells, ...cells),
    );
  });

  it.each<[string, Cells[], string | undefined]>([
    [
      'text throughout',
      [
        ['on', 'off'],
        ['', '12_34'],
      ],
      'on',
    ],
    ['empty throughout', [['', 'NA'], [null]], undefined],
    ['moments', [{ milliseconds: Float64Array.of(NaN, 0), zoned: true }], '1970-01-01T00:00:00.000Z'],
  ])('is not numeric if it is %s', (_, batches, sample) => {
    expect(read(batches)).toMatchObject({ numeric: false, sample });
  });

  it('is numeric if it was chosen, were it empty throughout', () => {
    expect(read([['', '']], { chosen: true }).numeric).toBe(true);
  });

  it.each<[Cells[], Partial<FeatureColumnOptions>, string, number, string]>([
    [[['1', 'on']], {}, 'NUMBER', 3, 'list those that are in `features`'],
    [
      [
        ['', 'N/A'],
        ['', '5'],
      ],
      {},
      'NUMBER',
      3,
      'set `missing: ["N/A"]`',
    ],
    [[['1,5']], {}, 'NUMBER', 2, "set `decimal: ','`"],
    [[['on']], { chosen: true }, 'NUMBER', 2, 'is not a number'],
    [[Float64Array.of(1, Infinity)], {}, 'NUMBER', 3, '"Infinity" is not a number'],
    [[[1, 2n ** 53n + 1n]], {}, 'NUMBER', 3, 'holds no such integer'],
    [[[10n ** 400n]], {}, 'NUMBER', 2, 'is not a number'],
    [[['1', '']], { onMissing: 'error' }, 'MISSING', 3, "`onMissing: 'mask'`"],
    [[['', '1']], { onMissing: 'error' }, 'MISSING', 2, "`onMissing: 'drop'`"],
    [[Float64Array.of(1, NaN)], { onMissing: 'error' }, 'MISSING', 3, 'The cell is missing'],
    [[['NA']], { onMissing: 'error', chosen: true }, 'MISSING', 2, 'The cell is missing'],
  ])('refuses %o, %o with %s of row %i', (batches, options, code, row, remedy) => {
    expect(() => read(batches, options)).toThrow(
      expect.objectContaining({
        code: `RETRACE_TABLE_${code}`,
        message: expect.stringContaining(remedy),
        details: expect.objectContaining({ file: 'f', row, column: 'flow' }),
      }),
    );
  });

  it('counts the texts and the gaps that it passed before the first number', () => {
    expect(() =>
      read(
        [
          ['a', '', 'b'],
          ['', '1', 'c'],
        ],
        { onMissing: 'error' },
      ),
    ).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          problems: [
            expect.objectContaining({ code: 'RETRACE_TABLE_NUMBER', row: 2, cell: 'a', count: 3 }),
            expect.objectContaining({ code: 'RETRACE_TABLE_MISSING', row: 3, count: 2 }),
          ],
        }),
      }),
    );
  });
});

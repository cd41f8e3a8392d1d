import { describe, expect, it } from 'vitest';
import { FeatureColumn, type FeatureColumnOptions } from './feature-column.ts';

function read(cells: readonly string[], options: Partial<FeatureColumnOptions> = {}): FeatureColumn {
  const column = new FeatureColumn({
    file: 'f',
    name: 'flow',
    chosen: false,
    decimal: '.',
    missing: new Set(['NA', '-999']),
    onMissing: 'mask',
    ...options,
  });
  for (const [i, cell] of cells.entries()) column.add(cell, i + 2);
  return column;
}

describe('FeatureColumn', () => {
  it('holds NaN where a cell is missing, above the first number too', () => {
    const { values, numeric } = read(['', 'NA', '1', '-999', '2']);
    expect(numeric).toBe(true);
    expect(values.select(Uint32Array.of(0, 1, 2, 3, 4))).toEqual(Float64Array.of(NaN, NaN, 1, NaN, 2));
  });

  it.each([
    ['text throughout', ['on', 'off', '', '12_34'], 'on'],
    ['empty throughout', ['', 'NA'], undefined],
  ])('is not numeric if it is %s', (_, cells, sample) => {
    expect(read(cells)).toMatchObject({ numeric: false, sample });
  });

  it('is numeric if it was chosen, were it empty throughout', () => {
    expect(read(['', ''], { chosen: true }).numeric).toBe(true);
  });

  it.each([
    [['1', 'on'], {}, 'RETRACE_TABLE_NUMBER', 3, 'list those that are in `features`'],
    [['', 'N/A', '', '5'], {}, 'RETRACE_TABLE_NUMBER', 3, 'set `missing: ["N/A"]`'],
    [['1,5'], {}, 'RETRACE_TABLE_NUMBER', 2, "set `decimal: ','`"],
    [['on'], { chosen: true }, 'RETRACE_TABLE_NUMBER', 2, 'is not a number'],
    [['1', ''], { onMissing: 'error' }, 'RETRACE_TABLE_MISSING', 3, "`onMissing: 'mask'`"],
    [['', '1'], { onMissing: 'error' }, 'RETRACE_TABLE_MISSING', 2, "`onMissing: 'drop'`"],
    [['NA'], { onMissing: 'error', chosen: true }, 'RETRACE_TABLE_MISSING', 2, 'The cell is missing'],
  ] as const)('refuses %j, %j with %s of row %i', (cells, options, code, row, remedy) => {
    expect(() => read(cells, options)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(remedy),
        details: expect.objectContaining({ file: 'f', row, column: 'flow' }),
      }),
    );
  });
});

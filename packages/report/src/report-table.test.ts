import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { checkReportTable, renderTable } from './report-table.ts';

const table = {
  title: 'Detection',
  columns: ['method', 'average precision', 'events', 'remark'],
  rows: [
    ['autoencoder', 0.9123, 14, null],
    ['<b>PCA</b>', 0.5, null, 3],
    ['last value', Number.NaN, 9, true],
  ],
  note: 'a < b',
};

describe('renderTable', () => {
  const { document } = parseHTML(`<html><body>${renderTable(table)}</body></html>`);
  const cells = [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  );
  it('sets the numbers of a column with the same decimals, and a dash where there is none', () => {
    expect(cells).toEqual([
      ['autoencoder', '0.9123', '14', '–'],
      ['<b>PCA</b>', '0.5000', '–', '3'],
      ['last value', '–', '9', 'true'],
    ]);
  });
  it('sets columns of numbers to the right, heading included', () => {
    const numeric = [...document.querySelectorAll('th')].map((head) => head.classList.contains('number'));
    expect(numeric).toEqual([false, true, true, false]);
  });
  it('leaves each number its own digits where common ones would be many', () => {
    const wide = renderTable({ title: '', columns: ['loss'], rows: [[1234.5], [0.00123]] });
    expect(wide).toContain('>1,235<');
    expect(wide).toContain('>0.00123<');
  });
});

describe('checkReportTable', () => {
  it('refuses a row that does not fit the columns', () => {
    expect(() =>
      checkReportTable('tables[0]', { title: '', columns: ['a', 'b'], rows: [[1, 2], [3]] }),
    ).toThrow('`tables[0].rows[1]` must be an array of 2 cells, one per column');
  });
  it.each([
    { columns: 'a' },
    { rows: undefined },
    { title: 3 },
    { note: 3 },
    { rows: [[{}]], columns: ['a'] },
  ])('refuses %j', (part) => {
    expect(() => checkReportTable('tables[0]', Object.assign({}, table, part))).toThrow(/`tables\[0\]\./);
  });
});

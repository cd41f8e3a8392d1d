import { type CsvColumn, checkColumns } from './check-columns.ts';
import { parseNumber } from './parse-number.ts';

const ROWS_PER_PIECE = 4096;

/** The row of a table with one column whose cell is empty: a blank line would be no row. */
const EMPTY = '""';

/** What a spreadsheet takes for the beginning of a formula (OWASP ASVS 1.2.10). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Formats columns of equal length as CSV (RFC 4180, lines ending in LF), a piece of some thousand rows at a time:
 * join them to a string, or hand them to `writeFile` or `new Blob` as they are.
 *
 * NaN, a missing value, becomes an empty cell. Numbers are written in the fewest digits that read back as the same
 * float64. Text that begins like a formula (`=`, `+`, `-`, `@`, tab, carriage return) and is no number gets a leading
 * apostrophe, so that no spreadsheet runs it.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if there is no column, if their lengths differ, or for an infinite value.
 */
export function toCsv(columns: readonly CsvColumn[]): Iterable<string> {
  const rows = checkColumns(columns);
  return formatPieces(columns, rows);
}

function* formatPieces(columns: readonly CsvColumn[], rows: number): Generator<string> {
  yield `${columns.map(({ name }) => formatCell(name)).join(',')}\n`;
  for (let from = 0; from < rows; from += ROWS_PER_PIECE) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(from + ROWS_PER_PIECE, rows); row++)
      lines.push(columns.map(({ values }) => formatCell(values[row]!)).join(',') || EMPTY);
    yield `${lines.join('\n')}\n`;
  }
}

function formatCell(value: number | string): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  const safe = FORMULA.test(value) && parseNumber(value) === undefined ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

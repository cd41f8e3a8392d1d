import { argumentError, checkKeys } from '@retrace/errors';
import { escapeMarkup } from './escape-markup.ts';
import { formatNumber } from './format-number.ts';

/** A cell of a table: a number is set in four digits, null as a dash. */
export type ReportCell = string | number | boolean | null;

/** A table of a report. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  /** `[rows][columns]`. */
  readonly rows: readonly (readonly ReportCell[])[];
  /** A paragraph under the table. */
  readonly note?: string;
}

/**
 * Refuses a table whose rows do not fit its columns.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`.
 */
export function checkReportTable(argument: string, table: ReportTable): void {
  checkKeys(argument, table, ['title', 'columns', 'rows', 'note']);
  const { title, columns, rows, note = '' } = table;
  if (typeof title !== 'string') throw argumentError(`${argument}.title`, 'a string', title);
  if (typeof note !== 'string') throw argumentError(`${argument}.note`, 'a string', note);
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) {
    throw argumentError(`${argument}.columns`, 'an array of strings', columns);
  }
  if (!Array.isArray(rows)) throw argumentError(`${argument}.rows`, 'an array of rows', rows);
  for (const [index, row] of rows.entries()) {
    if (Array.isArray(row) && row.length === columns.length && row.every(isCell)) continue;
    const expected = `an array of ${columns.length} cells, one per column, each a string, a number, a boolean or null`;
    throw argumentError(`${argument}.rows[${index}]`, expected, row);
  }
}

function isCell(value: unknown): value is ReportCell {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Writes a table as HTML that scrolls sideways where it is too wide; columns of numbers are set to the right. */
export function renderTable({ title, columns, rows, note }: ReportTable): string {
  const formats = columns.map((_, column) => columnFormat(rows.map((row) => row[column]!)));
  const align = formats.map((format) => (format ? ' class="number"' : ''));
  const head = columns.map((name, column) => `<th scope="col"${align[column]}>${escapeMarkup(name)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, column) => {
      const text = typeof cell === 'number' ? (formats[column] ?? formatNumber)(cell) : String(cell ?? '–');
      return `<td${align[column]}>${escapeMarkup(text)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${escapeMarkup(title)}"><table>`,
    `<thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`,
    note === undefined ? '' : `<p class="note">${escapeMarkup(note)}</p>`,
  ].join('');
}

/** Formats a column of numbers with the same decimals, as many as its cells need; undefined for other columns. */
function columnFormat(cells: readonly ReportCell[]): ((value: number) => string) | undefined {
  if (!cells.every((cell) => typeof cell === 'number' || cell === null)) return undefined;
  const texts = cells.filter((cell) => cell !== null).map((cell) => formatNumber(cell));
  const decimals = Math.max(0, ...texts.map((text) => (/\.(\d*)$/.exec(text)?.[1] ?? '').length));
  if (decimals > 4 || texts.some((text) => text.includes('e'))) return formatNumber;
  return (value) => formatNumber(value, { decimals });
}

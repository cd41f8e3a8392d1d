import type { ReportCell, ReportTable } from '@retrace/report';
import { printable } from './printable.ts';

/**
 * Writes a table as lines of text: columns of numbers set to the right and with the same decimals, null as a dash.
 *
 * The title and the note are left to the caller.
 */
export function formatTable({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): string {
  const formatted = columns.map((name, index) => {
    const cells = rows.map((row) => row[index] ?? null);
    const isNumeric = cells.every((cell) => typeof cell === 'number' || cell === null);
    const format = isNumeric ? numberFormat(cells) : String;
    const texts = [name, ...cells.map((cell) => (cell === null ? '-' : format(cell)))].map(oneLine);
    const width = Math.max(...texts.map((text) => text.length));
    return texts.map((text) => (isNumeric ? text.padStart(width) : text.padEnd(width)));
  });
  return [...rows.keys(), rows.length]
    .map((line) => `${formatted.map((column) => column[line]).join('  ')}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}

/** Shows four digits of the largest number of a column, and the others to the same decimals. */
function numberFormat(cells: readonly ReportCell[]): (cell: ReportCell) => string {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  if (numbers.every(Number.isInteger)) return String;
  const largest = Math.max(...numbers.map(Math.abs));
  if (largest < 0.01 || largest >= 1e9) return (cell) => Number(cell).toPrecision(3);
  const decimals = Math.max(0, 3 - Math.max(0, Math.floor(Math.log10(largest))));
  return (cell) => Number(cell).toFixed(decimals);
}

function oneLine(text: string): string {
  return printable(text).replaceAll('\n', ' ');
}

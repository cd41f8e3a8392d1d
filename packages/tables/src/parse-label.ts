import { parseNumber } from './parse-number.ts';
import { quoteName, type TablePlace, tableError } from './table-error.ts';

/** Parses a label: 0, 1 (as any decimal number), true or false (in any case); throws `RETRACE_TABLE_LABEL` for all else. */
export function parseLabel(cell: string, place: TablePlace): 0 | 1 {
  const text = cell.toLowerCase();
  const value = text === 'true' ? 1 : text === 'false' ? 0 : parseNumber(cell);
  if (value === 0 || value === 1) return value;
  const message = `A label must be 0, 1, true or false, where 1 means anomalous. Received: ${quoteName(cell)}.`;
  throw tableError('RETRACE_TABLE_LABEL', place, message, { cell });
}

import { parseIsoTime } from './parse-iso-time.ts';
import { type DecimalMark, parseNumber } from './parse-number.ts';
import type { TableRecord } from './record-parser.ts';
import { quoteName, tableError } from './table-error.ts';

/**
 * Whether the first record names the columns. `'shifted'`: it does, but lacks the name of the first column, as R's
 * `write.table` leaves it.
 */
export type HeaderOption = boolean | 'shifted';

/** The columns of a table. */
export interface Header {
  /** A name for each column: the header's, or `column1`, `column2`, … where it has none. */
  readonly names: readonly string[];
  /** Whether the first record is the header. */
  readonly present: boolean;
  /** Whether the caller said so, or that it is not. */
  readonly told: boolean;
  /** For each column, whether the header is there but leaves it nameless, as the row index of a data frame. */
  readonly nameless: readonly boolean[];
}

/**
 * Reads the header off the first two records (blank lines left out).
 *
 * Without the option `header`, the first record is the header if some column has text there and a number or a time
 * below, or if no cell of it is a number or a time.
 *
 * @throws `RETRACE_TABLE_FIELDS` if the header has one name fewer than the second record has fields;
 *   `RETRACE_TABLE_HEADER` if two columns share a name.
 */
export function readHeader(
  file: string,
  first: TableRecord,
  second: TableRecord | undefined,
  { header: option, decimal }: { header?: HeaderOption; decimal?: DecimalMark } = {},
): Header {
  const present = option === undefined ? looksLikeHeader(first, second, decimal) : option !== false;
  if (!present)
    return {
      names: first.fields.map((_, i) => `column${i + 1}`),
      present,
      told: option !== undefined,
      nameless: first.fields.map(() => false),
    };
  const given = option === 'shifted' ? ['', ...first.fields] : first.fields;
  if (option !== 'shifted' && second && second.fields.length === given.length + 1)
    refuseShifted(file, first, second);
  const names = given.map((name, i) => name.trim() || `column${i + 1}`);
  const position = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const earlier = position.get(name);
    if (earlier !== undefined) {
      const message = `Columns ${earlier + 1} and ${i + 1} have the same name. Rename one.`;
      throw tableError('RETRACE_TABLE_HEADER', { file, row: first.row, column: name }, message);
    }
    position.set(name, i);
  }
  return { names, present, told: option !== undefined, nameless: given.map((name) => name.trim() === '') };
}

function looksLikeHeader(
  first: TableRecord,
  second: TableRecord | undefined,
  decimal?: DecimalMark,
): boolean {
  const isText = (cell: string): boolean => {
    const text = cell.trim();
    return text !== '' && parseNumber(text, decimal) === undefined && parseIsoTime(text) === undefined;
  };
  const named = first.fields.some((cell, i) => {
    const below = second?.fields[i] ?? '';
    return isText(cell) && below.trim() !== '' && !isText(below);
  });
  return named || first.fields.every((cell) => cell.trim() === '' || isText(cell));
}

function refuseShifted(file: string, first: TableRecord, second: TableRecord): never {
  const [names, fields] = [first.fields.length, second.fields.length];
  const trailing = second.fields.at(-1)!.trim() === '';
  const remedy = trailing
    ? `The last field is empty: drop the delimiter at the end of each row.`
    : `If the name of the first column (${quoteName(second.fields[0]!)} here) is the one that is missing, set \`header: 'shifted'\`; otherwise complete the header.`;
  const message = `The header has ${names} names, one fewer than this row has fields (${fields}). ${remedy}`;
  throw tableError('RETRACE_TABLE_FIELDS', { file, row: second.row }, message, {
    expected: names,
    received: fields,
  });
}

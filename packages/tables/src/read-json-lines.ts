import { decodeText } from './decode-text.ts';
import type { Header } from './header.ts';
import { type JsonRow, parseJsonRow } from './json-row.ts';
import { namedColumns } from './named-columns.ts';
import { refuseUndecoded } from './refuse-undecoded.ts';
import type { Cell, TableBatch, TableInput } from './table-batch.ts';
import { quoteName, tableError } from './table-error.ts';

/** The rows whose keys are the columns. */
const HEAD_ROWS = 100;

interface Line {
  readonly row: number;
  readonly text: string;
}

/**
 * Reads JSON lines (https://jsonlines.org): an object a line. The columns are the keys of the first 100; a key that an
 * object lacks is a missing cell, one that it has beyond them is the problem `RETRACE_TABLE_FIELDS`, unless the caller
 * chose the `features`. A list or an object inside counts as text. Blank lines are passed over.
 *
 * @throws `RETRACE_TABLE_EMPTY` if there is no object; `RETRACE_TABLE_ENCODING`, `RETRACE_TABLE_LIMIT` as for CSV.
 */
export async function* readJsonLines(
  input: TableInput,
  begin: (header: Header) => readonly number[],
): AsyncGenerator<TableBatch> {
  const { table, options, problems } = input;
  let names: ReadonlySet<string> | undefined;
  let wanted: ReadonlyMap<number, string> = new Map();
  let head: JsonRow[] = [];
  const start = (): TableBatch => {
    const header = namedColumns(table.file, [...new Set(head.flatMap(({ keys }) => keys))]);
    names = new Set(header.names);
    wanted = new Map(begin(header).map((position) => [position, header.names[position]!]));
    return batchOf(head, wanted);
  };
  for await (const lines of readLines(input)) {
    const rows = lines.flatMap(({ row, text }) => parseJsonRow(row, text, problems));
    if (!names) {
      head = head.concat(rows);
      if (head.length >= HEAD_ROWS) yield start();
    } else {
      if (options.features === undefined) for (const row of rows) checkKnown(row, names, input);
      yield batchOf(rows, wanted);
    }
  }
  if (names) return;
  problems.refuse();
  if (head.length === 0) throw tableError('RETRACE_TABLE_EMPTY', { file: table.file }, 'There is no object.');
  yield start();
}

function checkKnown({ row, keys }: JsonRow, names: ReadonlySet<string>, { problems }: TableInput): void {
  const unknown = keys.find((key) => !names.has(key));
  if (unknown === undefined) return;
  const message = `The key ${quoteName(unknown)} is none of the first ${HEAD_ROWS} rows. Write it there too, as null where it is missing, or list the \`features\`.`;
  problems.add({ code: 'RETRACE_TABLE_FIELDS', row, message, more: { key: unknown } });
}

function batchOf(rows: readonly JsonRow[], wanted: ReadonlyMap<number, string>): TableBatch {
  return {
    lines: Float64Array.from(rows, ({ row }) => row),
    column(position) {
      const name = wanted.get(position)!;
      return rows.map(({ object }) => (Object.hasOwn(object, name) ? cellOf(object[name]) : null));
    },
  };
}

function cellOf(value: unknown): Cell {
  if (typeof value !== 'object' || value === null) return value as Cell;
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the engine's stack.
    return '{…}';
  }
}

async function* readLines({ table, options, limits }: TableInput): AsyncGenerator<Line[]> {
  const { file, bytes } = table;
  const { lineLength } = limits;
  let row = 1;
  let pending = '';
  const take = (text: string): Line[] => {
    const lines = text.split('\n').map((line) => ({ row: row++, text: line }));
    for (const line of lines) if (line.text.length > lineLength) refuseLength(line.row);
    return lines.filter((line) => line.text.trim() !== '');
  };
  const refuseLength = (at: number): never => {
    const message = `The line is longer than \`limits.lineLength\` allows (${lineLength} characters). Split it or raise the limit.`;
    throw tableError('RETRACE_TABLE_LIMIT', { file, row: at }, message, {
      limit: 'lineLength',
      allowed: lineLength,
    });
  };
  for await (const text of decodeText(bytes, options.encoding)) {
    refuseUndecoded(text, (before) => ({ file, row: row + before.split('\n').length - 1 }));
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      pending += text;
      if (pending.length > lineLength) refuseLength(row);
    } else {
      const whole = pending + text.slice(0, end);
      pending = text.slice(end + 1);
      yield take(whole);
    }
  }
  yield take(pending);
}

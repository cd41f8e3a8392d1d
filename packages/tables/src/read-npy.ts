import { ByteReader } from './byte-reader.ts';
import type { Header } from './header.ts';
import { checkWidth } from './limits.ts';
import { namedColumns } from './named-columns.ts';
import { type NpyHeader, parseNpyHeader } from './npy-header.ts';
import { rowNumbers } from './row-numbers.ts';
import type { TableBatch, TableInput } from './table-batch.ts';
import { tableError } from './table-error.ts';

/** The longest header that is read; numpy itself refuses, by default, more than 10,000 characters. */
const MAX_HEADER = 2 ** 16;

const BATCH_BYTES = 2 ** 20;

/**
 * Reads a NumPy array, `[rows]` or `[rows, features]`: the columns are `column1`, `column2`, …
 *
 * An array whose columns lie one after the other (Fortran order) is held in memory as a whole, others in pieces.
 *
 * @throws `RETRACE_TABLE_FORMAT` if it is damaged, cut short, or none of real numbers in one or two dimensions.
 */
export async function* readNpy(
  { table, limits }: TableInput,
  begin: (header: Header) => readonly number[],
): AsyncGenerator<TableBatch> {
  const { file } = table;
  const reader = new ByteReader(table.bytes);
  const header = parseNpyHeader(file, await readHeaderText(file, reader));
  const { rows, columns, columnMajor, bytesPerElement } = header;
  checkWidth(columns, limits, { file });
  checkSize(file, header, limits.bytes);
  const names = Array.from({ length: columns }, (_, k) => `column${k + 1}`);
  begin(namedColumns(file, names));
  const rowBytes = columns * bytesPerElement;
  const step = columnMajor ? rows : Math.max(1, Math.floor(BATCH_BYTES / rowBytes));
  for (let from = 0; from < rows; from += step) {
    const count = Math.min(step, rows - from);
    const bytes = await reader.read(count * rowBytes);
    if (bytes.length < count * rowBytes) refuseLength(file, 'is cut short');
    yield batchOf(header, bytes, from, count);
  }
  if ((await reader.read(1)).length > 0) refuseLength(file, 'goes on after its last element');
}

async function readHeaderText(file: string, reader: ByteReader): Promise<string> {
  const head = await reader.read(8);
  const version = head[6] ?? 0;
  const lengthBytes = version === 1 ? 2 : 4;
  const size = await reader.read(lengthBytes);
  if (version < 1 || version > 3 || size.length < lengthBytes)
    throw tableError(
      'RETRACE_TABLE_FORMAT',
      { file },
      'The header of the array is damaged. Save it again with `numpy.save`.',
    );
  const view = new DataView(size.buffer);
  const length = version === 1 ? view.getUint16(0, true) : view.getUint32(0, true);
  if (length > MAX_HEADER) {
    const message = `The header of the array has ${length} bytes, more than ${MAX_HEADER}. Save it again with \`numpy.save\`.`;
    throw tableError('RETRACE_TABLE_FORMAT', { file }, message);
  }
  // Cut short, it is refused for what it lacks.
  return new TextDecoder('latin1').decode(await reader.read(length));
}

/** What the header promises is looked at before anything is allocated for it. */
function checkSize(file: string, { rows, columns, bytesPerElement }: NpyHeader, allowed: number): void {
  if (rows * columns * bytesPerElement <= allowed) return;
  const message = `The array has ${rows} rows of ${columns} columns, more than \`limits.bytes\` allows (${allowed}). Split it or raise the limit.`;
  throw tableError('RETRACE_TABLE_LIMIT', { file }, message, { limit: 'bytes', allowed });
}

function refuseLength(file: string, fault: string): never {
  throw tableError(
    'RETRACE_TABLE_FORMAT',
    { file },
    `The array ${fault}. Save it again with \`numpy.save\`.`,
  );
}

function batchOf(
  { columns, columnMajor, bigEndian, bytesPerElement, view }: NpyHeader,
  bytes: Uint8Array<ArrayBuffer>,
  from: number,
  count: number,
): TableBatch {
  if (bigEndian && bytesPerElement > 1)
    for (let at = 0; at < bytes.length; at += bytesPerElement)
      bytes.subarray(at, at + bytesPerElement).reverse();
  const all = view(bytes);
  const lines = rowNumbers(from + 1, count);
  if (columnMajor) return { lines, column: (k) => all.subarray(k * count, (k + 1) * count) };
  return {
    lines,
    column(k) {
      const cells = all.slice(0, count);
      for (let i = 0; i < count; i++) cells[i] = all[i * columns + k]!;
      return cells;
    },
  };
}

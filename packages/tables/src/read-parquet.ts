import type { Header } from './header.ts';
import { checkRows, checkWidth } from './limits.ts';
import { namedColumns } from './named-columns.ts';
import { openAnywhere } from './open-anywhere.ts';
import type { ParquetColumn } from './parquet-columns.ts';
import { openParquet } from './parquet-file.ts';
import type { PieceList } from './piece-list.ts';
import { rowNumbers } from './row-numbers.ts';
import type { Cells, TableBatch, TableInput } from './table-batch.ts';
import { quoteName } from './table-error.ts';
import { leftOut } from './table-warnings.ts';

/** Rows that are given at a time, of a row group that is held in memory as a whole. */
const BATCH_ROWS = 2 ** 16;

/**
 * Reads a Parquet file by hyparquet, one row group at a time, and of it only the columns that are wanted. A file, a
 * Blob and bytes are read where they lie; other sources, and what is gzipped, are first held in memory as a whole.
 * Columns of lists, structures and bytes are left out, of which `onWarning` is told.
 *
 * @throws `RETRACE_TABLE_PACKAGE` if hyparquet is not installed, or hyparquet-compressors where the file is compressed
 *   by another codec than snappy; `RETRACE_TABLE_FORMAT` if the file is damaged.
 */
export async function* readParquet(
  { table, limits, onWarning }: TableInput,
  begin: (header: Header) => readonly number[],
): AsyncGenerator<TableBatch> {
  const { file } = table;
  const access = await openAnywhere(table, 'PAR1');
  try {
    const { columns, others, groups } = await openParquet(file, access, limits);
    checkWidth(columns.length + others.length, limits, { file });
    if (others.length > 0) onWarning(leftOut('holding no plain values', others.map(quoteName)));
    const names = columns.map(({ name }) => name);
    const wanted = begin(namedColumns(file, names));
    let before = 0;
    for (const { rows, readColumn } of groups) {
      checkRows(before + rows, limits, { file });
      const lists = new Map<number, PieceList>();
      for (const position of wanted) lists.set(position, await readColumn(columns[position]!));
      for (let from = 0; from < rows; from += BATCH_ROWS) {
        const to = Math.min(from + BATCH_ROWS, rows);
        yield {
          lines: rowNumbers(before + from + 1, to - from),
          column: (position) => cellsOf(columns[position]!, lists.get(position)!, from, to),
        };
      }
      before += rows;
    }
  } finally {
    await access.close();
  }
}

function cellsOf({ moments }: ParquetColumn, list: PieceList, from: number, to: number): Cells {
  const cells = list.slice(from, to);
  if (!moments) return cells;
  const milliseconds = cells instanceof Float64Array ? cells : new Float64Array(to - from).fill(Number.NaN);
  return { milliseconds, zoned: moments.zoned };
}

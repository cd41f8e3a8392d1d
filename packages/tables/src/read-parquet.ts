import type { RowGroup } from 'hyparquet';
import { epochMilliseconds } from './epoch-milliseconds.ts';
import type { Header } from './header.ts';
import { checkRows, checkWidth } from './limits.ts';
import { loadCompressors, loadHyparquet } from './load-hyparquet.ts';
import { namedColumns } from './named-columns.ts';
import { openAnywhere } from './open-anywhere.ts';
import { readParquetCells } from './parquet-cells.ts';
import { type ParquetColumn, parquetColumns, storedElement } from './parquet-columns.ts';
import { checkCount } from './parquet-page.ts';
import type { PieceList } from './piece-list.ts';
import { refuseDamaged } from './refuse-damaged.ts';
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
  const decoders = await loadHyparquet();
  const access = await openAnywhere(table, 'PAR1');
  const decoding = <T>(decode: () => T | Promise<T>): Promise<T> => refuseDamaged(file, 'parquet', decode);
  const readCells = async (group: RowGroup, { name, element }: ParquetColumn): Promise<PieceList> => {
    const { meta_data } = group.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name) ?? {};
    if (!meta_data) throw new Error(`column ${name} is missing in a row group`);
    const from = Number(meta_data.dictionary_page_offset || meta_data.data_page_offset);
    const to = from + Number(meta_data.total_compressed_size);
    if (!(from >= 0 && to >= from && to <= access.byteLength))
      throw new Error(`column ${name} lies beyond the end`);
    const { codec } = meta_data;
    const compressors = codec === 'UNCOMPRESSED' || codec === 'SNAPPY' ? {} : await loadCompressors(codec);
    const bytes = await access.slice(from, to);
    const rows = Number(group.num_rows);
    return readParquetCells(
      { bytes, element: storedElement(element), codec, compressors, rows },
      decoders,
      limits,
    );
  };
  try {
    const metadata = await decoding(() => decoders.parquetMetadataAsync(access, { geoparquet: false }));
    const schema = await decoding(() => decoders.parquetSchema(metadata));
    checkWidth(schema.children.length, limits, { file });
    const { columns, others } = parquetColumns(schema);
    if (others.length > 0) onWarning(leftOut('holding no plain values', others.map(quoteName)));
    const names = columns.map(({ name }) => name);
    const wanted = begin(namedColumns(file, names));
    let before = 0;
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      await decoding(() => checkCount(rows, Number.MAX_SAFE_INTEGER, 'rows in a group'));
      checkRows(before + rows, limits, { file });
      const lists = new Map<number, PieceList>();
      for (const position of wanted)
        lists.set(position, await decoding(() => readCells(group, columns[position]!)));
      for (let from = 0; from < rows; from += BATCH_ROWS) {
        const to = Math.min(from + BATCH_ROWS, rows);
        const first = before + from + 1;
        yield {
          lines: Float64Array.from({ length: to - from }, (_, i) => first + i),
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
  const milliseconds = epochMilliseconds(cells as ArrayLike<number | bigint | null>, moments.unit);
  return { milliseconds, zoned: moments.zoned };
}

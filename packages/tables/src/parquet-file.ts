import type { RowGroup } from 'hyparquet';
import { checkBytes } from './limits.ts';
import { loadCompressors, loadHyparquet, type ParquetDecoders } from './load-hyparquet.ts';
import { readParquetCells } from './parquet-cells.ts';
import { type ParquetColumn, parquetColumns, storedElement } from './parquet-columns.ts';
import { checkCount, type PageLimits } from './parquet-page.ts';
import type { PieceList } from './piece-list.ts';
import type { RandomAccess } from './random-access.ts';
import { refuseDamaged } from './refuse-damaged.ts';

/** A Parquet file of which the columns are known. */
export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  /** The names of the columns that hold no plain values. */
  readonly others: readonly string[];
  readonly groups: readonly ParquetGroup[];
}

/** A row group. */
interface ParquetGroup {
  readonly rows: number;
  readonly readColumn: (column: ParquetColumn) => Promise<PieceList>;
}

/**
 * Opens a Parquet file.
 *
 * @param file What errors call it.
 * @throws Here and while reading a column, `RETRACE_TABLE_PACKAGE` if a package is not installed;
 *   `RETRACE_TABLE_FORMAT` if the file is damaged.
 */
export async function openParquet(
  file: string,
  access: RandomAccess,
  limits: PageLimits,
): Promise<ParquetFile> {
  const decoders = await loadHyparquet();
  return refuseDamaged(file, 'parquet', async () => {
    const metadata = await decoders.parquetMetadataAsync(access, { geoparquet: false });
    const groups = metadata.row_groups.map((group) => {
      const rows = Number(group.num_rows);
      checkCount(rows, Number.MAX_SAFE_INTEGER, 'rows in a group');
      const readColumn = (column: ParquetColumn): Promise<PieceList> =>
        refuseDamaged(file, 'parquet', () => readChunk(group, column, { file, access, decoders, limits }));
      return { rows, readColumn };
    });
    return { ...parquetColumns(decoders.parquetSchema(metadata)), groups };
  });
}

interface ChunkContext {
  readonly file: string;
  readonly access: RandomAccess;
  readonly decoders: ParquetDecoders;
  readonly limits: PageLimits;
}

async function readChunk(
  group: RowGroup,
  { name, element, moments }: ParquetColumn,
  { file, access, decoders, limits }: ChunkContext,
): Promise<PieceList> {
  const { meta_data } = group.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name) ?? {};
  if (!meta_data) throw new Error(`column ${name} is missing in a row group`);
  const { codec, dictionary_page_offset, data_page_offset, total_compressed_size } = meta_data;
  const from = Number(dictionary_page_offset || data_page_offset);
  const to = from + Number(total_compressed_size);
  if (!(from >= 0 && to >= from && to <= access.byteLength))
    throw new Error(`column ${name} lies beyond the end`);
  checkBytes(to - from, limits, { file });
  const compressors = await loadCompressors(codec);
  const chunk = {
    bytes: await access.slice(from, to),
    element: storedElement(element),
    codec,
    compressors,
    rows: Number(group.num_rows),
    ...(moments && { unit: moments.unit }),
  };
  return readParquetCells(chunk, decoders, limits);
}

import { readArrow } from './read-arrow.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readNpy } from './read-npy.ts';
import { readParquet } from './read-parquet.ts';
import type { TableReader } from './table-batch.ts';
import type { TableFormat } from './table-format.ts';

/** The reader of each format. */
export const tableReaders: Readonly<Record<TableFormat, TableReader>> = {
  csv: readCsv,
  jsonl: readJsonLines,
  parquet: readParquet,
  arrow: readArrow,
  npy: readNpy,
};

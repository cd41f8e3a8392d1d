import { argumentError } from '@retrace/errors';
import type { SchemaElement } from 'hyparquet';
import type { ColumnSource } from 'hyparquet-writer';
import { type CsvColumn, checkColumns } from './check-columns.ts';
import { loadPeer } from './load-peer.ts';

/** A column to write: numbers or text, one for each row. */
export interface ParquetColumn extends CsvColumn {
  /** Whether the numbers are milliseconds since the epoch: written as timestamps of UTC, to the microsecond. */
  readonly moments?: boolean;
}

/**
 * Formats columns of equal length as a Parquet file, compressed by snappy, by hyparquet-writer.
 *
 * Numbers become DOUBLE, bit by bit, NaN a null. Text is written as it is, formulas too: a Parquet file tells text from
 * what is to be run.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if there is no column, if two share a name, if their lengths differ, or for an
 *   infinite value; `RETRACE_TABLE_PACKAGE` if hyparquet-writer is not installed.
 */
export async function toParquet(columns: readonly ParquetColumn[]): Promise<Uint8Array> {
  checkColumns(columns);
  for (const [i, { name }] of columns.entries()) {
    const first = columns.findIndex((column) => column.name === name);
    if (first < i) throw argumentError(`columns[${i}].name`, `another than that of columns[${first}]`, name);
  }
  const load = () => import('hyparquet-writer');
  const { parquetWriteBuffer } = await loadPeer('hyparquet-writer', 'Writing Parquet files', load);
  const parts = columns.map(partOf);
  const root: SchemaElement = { name: 'root', num_children: columns.length };
  const schema = [root, ...parts.map(({ element }) => element)];
  return new Uint8Array(parquetWriteBuffer({ schema, columnData: parts.map(({ source }) => source) }));
}

function partOf(column: ParquetColumn): { element: SchemaElement; source: ColumnSource } {
  const { name, values, moments } = column;
  if (isText(values)) {
    const element: SchemaElement = {
      name,
      type: 'BYTE_ARRAY',
      converted_type: 'UTF8',
      repetition_type: 'REQUIRED',
    };
    return { element, source: { name, data: Array.from(values) } };
  }
  const cells = Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  const repetition_type = cells.includes(null) ? 'OPTIONAL' : 'REQUIRED';
  if (moments) {
    const data = cells.map((value) => (value === null ? null : BigInt(Math.round(value * 1000))));
    const element: SchemaElement = {
      name,
      type: 'INT64',
      converted_type: 'TIMESTAMP_MICROS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
      repetition_type,
    };
    return { element, source: { name, data } };
  }
  // A dictionary would take -0 for 0.
  const source: ColumnSource = { name, data: cells, encoding: 'PLAIN' };
  return { element: { name, type: 'DOUBLE', repetition_type }, source };
}

function isText(values: CsvColumn['values']): values is ArrayLike<string> {
  return typeof values[0] === 'string';
}

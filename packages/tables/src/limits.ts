import { checkInteger, checkKeys } from '@retrace/errors';
import { type TablePlace, tableError } from './table-error.ts';

/** What a table may cost before reading it is refused with `RETRACE_TABLE_LIMIT`. */
export interface TableLimits {
  /** Bytes, after decompression; of Parquet read where it lies, of one column of a row group. Default 2 GiB. */
  readonly bytes?: number;
  /** Times that gzip, or a page of Parquet, may have been shrunk, looked at once 16 MiB are out. Default 500. */
  readonly ratio?: number;
  /** Characters of one record, line breaks inside quotes included, or of one line. Default 1,048,576. */
  readonly lineLength?: number;
  /** Columns. Default 10,000. */
  readonly columns?: number;
  /** Rows. Default 20,000,000. */
  readonly rows?: number;
}

const DEFAULTS: Required<TableLimits> = {
  bytes: 2 ** 31,
  ratio: 500,
  lineLength: 2 ** 20,
  columns: 10_000,
  rows: 20_000_000,
};

/** Completes `limits` with the defaults; throws `RETRACE_INVALID_ARGUMENT` for what is no positive integer. */
export function completeLimits(limits: TableLimits = {}): Required<TableLimits> {
  checkKeys('limits', limits, Object.keys(DEFAULTS));
  const complete = { ...DEFAULTS, ...limits };
  for (const [name, value] of Object.entries(complete)) checkInteger(`limits.${name}`, value, { min: 1 });
  return complete;
}

/** Refuses a table of more bytes than `limits.bytes`; throws `RETRACE_TABLE_LIMIT`. */
export function checkBytes(
  bytes: number,
  limits: Pick<Required<TableLimits>, 'bytes'>,
  place: TablePlace,
): void {
  if (bytes <= limits.bytes) return;
  const message = `The table is longer than \`limits.bytes\` allows (${limits.bytes}). Split the file or raise the limit.`;
  throw tableError('RETRACE_TABLE_LIMIT', place, message, { limit: 'bytes', allowed: limits.bytes });
}

/** Refuses a table of more columns than `limits.columns`; throws `RETRACE_TABLE_LIMIT`. */
export function checkWidth(columns: number, limits: Required<TableLimits>, place: TablePlace): void {
  if (columns <= limits.columns) return;
  const message = `There are ${columns} columns, more than \`limits.columns\` allows (${limits.columns}).`;
  throw tableError('RETRACE_TABLE_LIMIT', place, message, { limit: 'columns', allowed: limits.columns });
}

/** Refuses a table of more rows than `limits.rows`; throws `RETRACE_TABLE_LIMIT`. */
export function checkRows(rows: number, limits: Required<TableLimits>, place: TablePlace): void {
  if (rows <= limits.rows) return;
  const message = `There are more rows than \`limits.rows\` allows (${limits.rows}). Split the file or raise the limit.`;
  throw tableError('RETRACE_TABLE_LIMIT', place, message, { limit: 'rows', allowed: limits.rows });
}

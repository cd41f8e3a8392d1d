import type { Series } from '@retrace/windowing';
import { assembleSeries } from './assemble-series.ts';
import { buildTable } from './build-table.ts';
import { completeLimits } from './limits.ts';
import { readRecords } from './read-records.ts';
import { checkReadSeriesOptions, type ReadSeriesOptions } from './read-series-options.ts';
import { openTable, type TableSource } from './table-source.ts';
import { tableWarnings } from './table-warnings.ts';

/**
 * Reads a CSV table into one series for each entity, in the order of the entities' first rows, each sorted by time.
 *
 * Times become milliseconds since the epoch (text without a zone is UTC), or stay a counter; without a `time` column
 * the rows of each entity are counted from 0. Values are float64, in the units of the file; a missing one is NaN, and
 * 0 in `observed`. Without a `by` column the one series is named for the file. The source is read in pieces: memory
 * is that of the numbers, not of the text.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an option that is none. For the table, with `details` of file, row (the line
 *   of the file, from 1) and column: `RETRACE_TABLE_SOURCE` (cannot be read), `_FORMAT` (not CSV), `_COMPRESSION`
 *   (gzip cut short or damaged), `_ENCODING` (not UTF-8), `_LIMIT` (beyond `limits`), `_EMPTY` (no rows), `_QUOTE`,
 *   `_FIELDS` (a row too short or too long), `_HEADER` (a name twice), `_COLUMN` (no such column, or none of numbers),
 *   `_NUMBER`, `_TIME`, `_LABEL` (a cell that is none), `_MISSING` (an empty cell).
 */
export async function readSeries(source: TableSource, options: ReadSeriesOptions = {}): Promise<Series[]> {
  checkReadSeriesOptions(options);
  const limits = completeLimits(options.limits);
  const opened = openTable(source);
  const { file } = opened;
  const table = await buildTable(file, readRecords(opened, options.delimiter, limits), options, limits);
  const onWarning = (message: string): void => options.onWarning?.(`${file}: ${message}`);
  for (const warning of tableWarnings(table)) onWarning(warning);
  return assembleSeries(table, nameSeries(file), onWarning);
}

/** The last part of a path or a URL, without the extensions of a table. */
function nameSeries(file: string): string {
  const name = file.split(/[\\/]/).at(-1)!;
  return name.replace(/\.gz$/i, '').replace(/\.(csv|tsv|txt)$/i, '') || 'series';
}

import { groupByEntity, type Series } from '@retrace/windowing';
import { isEvents, pivotTable } from './long-form.ts';
import { observedCells } from './observed-cells.ts';
import { readChunks } from './read-chunks.ts';
import { checkReadSeriesOptions, type ReadSeriesOptions } from './read-series-options.ts';
import { openTable, type TableSource } from './table-source.ts';

/**
 * Reads a table into one series for each entity, in the order of the entities' first rows, each sorted by time.
 *
 * The format, CSV, JSON lines, Parquet, Arrow or `.npy`, gzipped or not, is told by the first bytes. Times become
 * milliseconds since the epoch, or stay a counter; without a `time` column the rows of each entity are counted from 0.
 * Values are float64, in the units of the file (truths 0 and 1); a missing one, of which a stored NaN is one, is NaN,
 * and 0 in `observed`. Without a `by` column the one series is named for the file. With `long`, each row of the table is
 * one value of one parameter, and parameters become the features. CSV, JSON lines and `.npy` are read in pieces, so that
 * memory is that of the numbers; Parquet by row groups; Arrow as a whole.
 *
 * Cells and rows that do not fit are told all together: the error is that of the first, and `details.problems` a list
 * of {@link TableProblem}, one for each kind and column. After 100,000 of them reading is given up.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an option that is none. For the table, with `details` of file, row (the line of
 *   the file, or the number of the row in a binary format, from 1) and column: `RETRACE_TABLE_SOURCE` (cannot be read),
 *   `_FORMAT` (damaged, of another format than `format` says, or of one that is not read), `_PACKAGE` (an optional
 *   package is missing), `_COMPRESSION` (gzip cut short or damaged), `_ENCODING` (not of the encoding), `_LIMIT` (beyond
 *   `limits`), `_EMPTY` (no rows), `_QUOTE`, `_HEADER` (a name twice), `_COLUMN` (no such column, or none of numbers),
 *   `_TRANSPOSED` (no header, and more columns than rows); told together, `_FIELDS` (a row too short or too long, a key
 *   that is no column), `_JSON` (a line that is no object), `_NUMBER`, `_TIME`, `_LABEL` (a cell that is none),
 *   `_MISSING` (an empty cell).
 */
export async function readSeries(source: TableSource, options: ReadSeriesOptions = {}): Promise<Series[]> {
  checkReadSeriesOptions(options);
  const table = openTable(source);
  const onWarning = (message: string): void => options.onWarning?.(`${table.file}: ${message}`);
  for await (const chunk of readChunks(table, { ...options, onWarning, whole: true })) {
    if (isEvents(chunk)) return pivotTable(table.file, chunk, { ...options, onWarning });
    const observed = observedCells(chunk.values);
    return groupByEntity({ ...chunk, ...(observed && { observed }) }, { onWarning });
  }
  return [];
}

import { groupByEntity, type Series } from '@retrace/windowing';
import { isEvents, pivotTable } from './long-form.ts';
import { observedCells } from './observed-cells.ts';
import { readChunks } from './read-chunks.ts';
import { checkReadSeriesOptions, type ReadSeriesOptions } from './read-series-options.ts';
import { openTable, type TableSource } from './table-source.ts';

/**
 * Reads a table into one series for each entity, in the order of the entities' first rows, each sorted by time.
 *
 * Times become milliseconds since the epoch (text without a zone is UTC), or stay a counter; without a `time` column
 * the rows of each entity are counted from 0. Values are float64, in the units of the file; a missing one is NaN, and
 * 0 in `observed`. Without a `by` column the one series is named for the file. The source is read in pieces: memory
 * is that of the numbers, not of the text.
 *
 * Cells and rows that do not fit are told all together: the error is that of the first, and its `details.problems` a
 * list of {@link TableProblem}.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an option that is none. For the table, with `details` of file, row (the line
 *   of the file, from 1) and column: `RETRACE_TABLE_SOURCE` (cannot be read), `_FORMAT` (not CSV), `_COMPRESSION`
 *   (gzip cut short or damaged), `_ENCODING` (not UTF-8), `_LIMIT` (beyond `limits`), `_EMPTY` (no rows), `_QUOTE`,
 *   `_FIELDS` (a row too short or too long), `_HEADER` (a name twice), `_COLUMN` (no such column, or none of numbers),
 *   `_NUMBER`, `_TIME`, `_LABEL` (a cell that is none), `_MISSING` (an empty cell).
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

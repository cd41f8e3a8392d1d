import { argumentError, checkKeys, RetraceError } from '@retrace/errors';
import { checkRows, type RowColumns } from './rows.ts';
import type { Series } from './series.ts';

export interface SeriesOptions extends RowColumns {
  /** The entity: a machine, a sensor, a patient. */
  readonly id: string;
}

/**
 * Makes a series of the rows of one entity after checking every one of them.
 *
 * Float arrays are kept, not copied (values only if a missing cell holds a number: it becomes NaN). Rows may share
 * a time. `observed` is dropped where no cell is missing.
 *
 * @throws `RETRACE_NOT_FINITE` with the row and the feature of an observed cell that is not finite;
 * `RETRACE_UNSORTED` with the first row that is earlier than the one before it; `RETRACE_INVALID_ARGUMENT`.
 */
export function createSeries(options: SeriesOptions): Series {
  checkKeys('series', options, ['id', 'features', 'time', 'values', 'observed', 'labels']);
  const { id } = options;
  if (typeof id !== 'string') throw argumentError('id', 'a string', id);
  const rows = checkRows(options, `series '${id}'`);
  const row = rows.time.findIndex((moment, index) => index > 0 && moment < rows.time[index - 1]!);
  if (row < 0) return { id, ...rows };
  throw new RetraceError(
    'RETRACE_UNSORTED',
    `Row ${row} of series '${id}' must not be earlier than the row before it. ` +
      `Received: ${rows.time[row]} after ${rows.time[row - 1]}. Sort the rows, or have \`groupByEntity\` do it.`,
    { series: id, row, time: rows.time[row], before: rows.time[row - 1] },
  );
}

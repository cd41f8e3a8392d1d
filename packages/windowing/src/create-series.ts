import { argumentError, checkKeys } from '@retrace/errors';
import { checkOrder } from './check-series.ts';
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
  const series = { id, ...checkRows(options, `series '${id}'`) };
  checkOrder(series);
  return series;
}

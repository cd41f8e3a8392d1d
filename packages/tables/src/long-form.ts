import { pivotEvents, type RepeatedEvents, type Series } from '@retrace/windowing';
import type { ColumnReference } from './column-roles.ts';
import type { EventChunk, RowChunk } from './row-chunk.ts';
import { quoteName, tableError } from './table-error.ts';

/** A table in long form: each row is an event, one value of one parameter. */
export interface LongForm {
  /** The column that names the parameter; parameters become the features. */
  readonly parameter: ColumnReference;
  /** The column of values. */
  readonly value: ColumnReference;
  /** Which of several values counts that an entity has for one parameter at one time. Default `'last'`. */
  readonly repeated?: RepeatedEvents;
}

/** What pivoting needs of the options that a table is read by. */
export interface PivotTableOptions {
  readonly features?: readonly ColumnReference[];
  readonly long?: LongForm;
  readonly onWarning: (message: string) => void;
}

/** Tells whether rows are those of a table in long form. */
export function isEvents(chunk: RowChunk): chunk is EventChunk {
  return chunk.parameter !== undefined;
}

/**
 * Pivots the events of a whole table, as `pivotEvents` does.
 *
 * @throws `RETRACE_TABLE_EMPTY` if no event is of one of the `features`.
 */
export function pivotTable(
  file: string,
  { entity, ids, time, values, parameter, parameters }: EventChunk,
  { features: chosen, long, onWarning }: PivotTableOptions,
): Series[] {
  const events = { entity, ids, time, value: values };
  const options = { onWarning, ...(long?.repeated && { repeated: long.repeated }) };
  if (!chosen) return pivotEvents({ ...events, parameter, features: parameters }, options);
  const features = chosen.map(String);
  const names = Array.from(parameter, (position) => parameters[position]!);
  const series = pivotEvents({ ...events, parameter: names, features }, options);
  if (series.length > 0) return series;
  const shown = parameters.slice(0, 10).map(quoteName).join(', ');
  const message = `No event is of one of the \`features\`. There are ${shown}${parameters.length > 10 ? ' and more' : ''}.`;
  throw tableError('RETRACE_TABLE_EMPTY', { file }, message);
}

import { RetraceError } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';
import { endOf } from './window-rows.ts';
import type { Windows } from './windows.ts';

/** Rows of one entity that two sets have in common. */
export interface SharedRows {
  readonly id: string;
  readonly count: number;
  /** The time of the first. */
  readonly time: number;
}

/**
 * Finds the rows that two sets share, such as training and test, by entity and time; of windows, the rows that they reach,
 * in or out. Copies, scaled rows and resampled ones are found too, for it is not the arrays that are compared.
 *
 * @returns One entry for each entity that the sets share rows of; empty if they do not leak into each other.
 * @throws `RETRACE_NO_ROWS` for windows that arrived as arrays; `RETRACE_FEATURES`; `RETRACE_UNSORTED`;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function sharedRows(
  one: readonly Series[] | Windows,
  other: readonly Series[] | Windows,
): SharedRows[] {
  const [times, others] = [timesOf(one), timesOf(other)];
  const shared: SharedRows[] = [];
  for (const [id, own] of times) {
    const theirs = new Set(others.get(id)?.flatMap((part) => [...part]));
    const common = own.flatMap((part) => [...part].filter((time) => theirs.has(time)));
    if (common.length > 0) shared.push({ id, count: common.length, time: common[0]! });
  }
  return shared;
}

/** The times of the rows of each entity. */
function timesOf(rows: readonly Series[] | Windows): Map<string, Float64Array[]> {
  const times = new Map<string, Float64Array[]>();
  const add = (id: string, part: Float64Array) => times.set(id, [...(times.get(id) ?? []), part]);
  if (!('batch' in rows)) {
    if (rows.length > 0) checkSeries(rows);
    for (const { id, time } of rows) add(id, time);
    return times;
  }
  if (rows.series.length === 0) {
    throw new RetraceError(
      'RETRACE_NO_ROWS',
      'Windows must be cut from series to be compared by rows. Received: windows that arrived as arrays. ' +
        'Use `slidingWindows`.',
    );
  }
  const reached = rows.series.map(({ time }) => new Uint8Array(time.length));
  for (let index = 0; index < rows.length; index++) {
    const origin = rows.origin(index);
    reached[origin.entity]!.fill(1, origin.row, endOf(origin, rows.spec));
  }
  for (const [entity, { id, time }] of rows.series.entries()) {
    add(
      id,
      time.filter((_, row) => reached[entity]![row] === 1),
    );
  }
  return times;
}

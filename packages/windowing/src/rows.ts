import { argumentError, checkFlagColumn, checkNumberColumn, RetraceError, received } from '@retrace/errors';
import { cellError } from './cell-error.ts';

/** Rows as callers hand them in: parallel columns of any array of numbers. */
export interface RowColumns {
  /** The names of the columns of `values`, in order. */
  readonly features: readonly string[];
  /** `[rows]`, milliseconds since the epoch or a row counter. */
  readonly time: ArrayLike<number>;
  /** `[rows, features]`, row-major. Float arrays are kept, not copied. */
  readonly values: ArrayLike<number>;
  /** `[rows, features]`, 0 where the cell is missing. Default: no cell is. */
  readonly observed?: ArrayLike<number>;
  /** `[rows]`, 1 where the row is known to be anomalous. */
  readonly labels?: ArrayLike<number>;
}

/** Rows that were checked: what a series consists of, but for its id and the order of its rows. */
export interface CheckedRows {
  readonly features: readonly string[];
  readonly time: Float64Array;
  readonly values: Float32Array | Float64Array;
  readonly observed?: Uint8Array;
  readonly labels?: Uint8Array;
}

/** Checks everything about rows but their order, and writes NaN (in a copy) where a missing cell holds a number. */
export function checkRows(columns: RowColumns, owner: string): CheckedRows {
  const features = checkFeatureNames(columns.features);
  const time = checkNumberColumn('time', columns.time);
  const rows = time.length;
  checkTimes(time, owner);
  const values = checkNumberColumn('values', columns.values, rows * features.length);
  const flags = columns.observed && checkFlagColumn('observed', columns.observed, rows * features.length);
  const observed = flags?.includes(0) ? flags : undefined;
  checkCells(values, observed, features, owner);
  return {
    features,
    time: time instanceof Float64Array ? time : Float64Array.from(time),
    values: observed ? withoutMissing(values, observed) : values,
    ...(observed && { observed }),
    ...(columns.labels && { labels: checkFlagColumn('labels', columns.labels, rows) }),
  };
}

/** Returns a copy of a list of distinct column names; refuses anything else. */
export function checkFeatureNames(features: readonly string[]): readonly string[] {
  if (!Array.isArray(features) || features.length === 0) {
    throw argumentError('features', 'an array of at least one column name', features);
  }
  const seen = new Set<string>();
  for (const [index, name] of features.entries()) {
    if (typeof name !== 'string' || name === '' || seen.has(name)) {
      throw argumentError(`features[${index}]`, 'a column name that occurs once', name);
    }
    seen.add(name);
  }
  return [...features];
}

/** Refuses a time that is no finite number (`RETRACE_NOT_FINITE`). */
export function checkTimes(time: Float32Array | Float64Array, owner: string): void {
  const row = time.findIndex((moment) => !Number.isFinite(moment));
  if (row < 0) return;
  throw new RetraceError(
    'RETRACE_NOT_FINITE',
    `Row ${row} of ${owner} must have a finite time. Received: ${received(time[row])}. Drop the row or repair its time.`,
    { owner, row, received: received(time[row]) },
  );
}

function checkCells(
  values: Float32Array | Float64Array,
  observed: Uint8Array | undefined,
  features: readonly string[],
  owner: string,
): void {
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell]!;
    if (value - value === 0 || observed?.[cell] === 0) continue;
    const row = Math.floor(cell / features.length);
    const feature = features[cell % features.length]!;
    throw cellError({ owner, row, feature }, value, 'Mark a missing cell with 0 in `observed`.');
  }
}

function withoutMissing(
  values: Float32Array | Float64Array,
  observed: Uint8Array,
): Float32Array | Float64Array {
  let clean = values;
  for (let cell = 0; cell < values.length; cell++) {
    if (observed[cell] === 1 || Number.isNaN(values[cell])) continue;
    if (clean === values) clean = values.slice();
    clean[cell] = Number.NaN;
  }
  return clean;
}

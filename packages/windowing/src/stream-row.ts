import { argumentError, RetraceError, received } from '@retrace/errors';
import type { PreparedRow } from './entity-store.ts';
import { type Scaling, scaleCell } from './scaling.ts';

/** A row of one entity that arrives. */
export interface StreamRow {
  readonly id: string;
  /** Milliseconds since the epoch or a counter. */
  readonly time: number;
  /** `[features]`, in the units of the source. */
  readonly values: ArrayLike<number>;
  /** `[features]`, 0 where a cell is missing. Default: none is. */
  readonly observed?: ArrayLike<number>;
  /** 1 where the row is known to be anomalous, 0 where it is known not to be. */
  readonly label?: number;
}

/** Refuses a row whose arrays are not of `features` numbers, or whose label is none (`RETRACE_INVALID_ARGUMENT`). */
export function checkStreamRow(row: StreamRow, features: number): void {
  const { id, values, observed, label } = Object(row) as Partial<StreamRow>;
  if (typeof id !== 'string') throw argumentError('id', 'a string', id);
  if (values?.length !== features) throw argumentError('values', `an array of ${features} numbers`, values);
  if (observed && observed.length !== features) {
    throw argumentError('observed', `an array of ${features} flags`, observed);
  }
  if (label !== undefined && label !== 0 && label !== 1) throw argumentError('label', '0 or 1', label);
}

/** Where in arrays of many rows the cells of one lie: features from `offset` on. */
export interface RowCells {
  readonly values: ArrayLike<number>;
  readonly observed?: ArrayLike<number> | undefined;
  readonly offset: number;
}

/** Checks rows and scales them, in float64, as a batch is. */
export class RowPreparer {
  readonly #features: readonly string[];
  readonly #values: Float64Array;
  readonly #observed: Uint8Array;

  constructor(features: readonly string[]) {
    this.#features = features;
    this.#values = new Float64Array(features.length);
    this.#observed = new Uint8Array(features.length);
  }

  /**
   * Returns the row, in arrays that the next row overwrites.
   *
   * @throws `RETRACE_NOT_FINITE` for a time or an observed cell that is not finite, as float32 once scaled.
   */
  prepare(
    id: string,
    time: number,
    { values, observed, offset }: RowCells,
    label: number | undefined,
    scaling: Scaling | undefined,
  ): PreparedRow {
    if (typeof time !== 'number' || time - time !== 0) throw notFinite(id, 'time', time);
    let missing = false;
    for (let k = 0; k < this.#features.length; k++) {
      const isSeen = observed?.[offset + k] !== 0;
      this.#observed[k] = isSeen ? 1 : 0;
      missing ||= !isSeen;
      const value = values[offset + k]!;
      const scaled = isSeen ? (scaling ? scaleCell(scaling, k, value) : value) : 0;
      const rounded = Math.fround(scaled);
      if (typeof value !== 'number' || rounded - rounded !== 0)
        throw notFinite(id, this.#features[k]!, value);
      this.#values[k] = scaled;
    }
    return { time, values: this.#values, observed: missing ? this.#observed : undefined, label };
  }
}

function notFinite(id: string, feature: string, value: unknown): RetraceError {
  return new RetraceError(
    'RETRACE_NOT_FINITE',
    `A row of '${id}' must have a number as '${feature}' that is finite, and stays so in float32 once scaled. ` +
      `Received: ${received(value)}. Mark a missing cell with 0 in \`observed\`.`,
    { entity: id, feature, received: received(value) },
  );
}

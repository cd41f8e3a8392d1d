import type { RepeatedEvents } from '@retrace/windowing';
import type { EventChunk, RowChunk } from './row-chunk.ts';

/** One row in the making. */
interface OpenRow {
  readonly entity: number;
  readonly time: number;
  readonly values: Float64Array;
  /** `[features]`, how many events each value has come from. */
  readonly seen: Uint32Array;
}

/**
 * Turns events as they come into rows: those of one entity at one time that follow each other in the file are one row;
 * features without an event are missing. The last row of a chunk may go on in the next.
 */
export class EventRows {
  readonly #features: readonly string[];
  readonly #repeated: RepeatedEvents;
  readonly #columns: (number | undefined)[] = [];
  #ids: readonly string[] = [];
  #open: OpenRow | undefined;

  constructor(features: readonly string[], repeated: RepeatedEvents = 'last') {
    this.#features = features;
    this.#repeated = repeated;
  }

  /** Takes events and returns the rows that they complete. */
  push({ time, entity, ids, values, parameter, parameters }: EventChunk): RowChunk {
    this.#ids = ids;
    for (let k = this.#columns.length; k < parameters.length; k++) {
      const column = this.#features.indexOf(parameters[k]!);
      this.#columns.push(column < 0 ? undefined : column);
    }
    const rows: OpenRow[] = [];
    for (let event = 0; event < time.length; event++) {
      const column = this.#columns[parameter[event]!];
      if (column === undefined) continue;
      const open = this.#open;
      if (open?.entity !== entity[event] || open?.time !== time[event]) {
        if (open) rows.push(open);
        this.#open = this.#begin(entity[event]!, time[event]!);
      }
      this.#put(this.#open!, column, values[event]!);
    }
    return this.#chunkOf(rows);
  }

  /** Returns the row that no event can follow any more. */
  end(): RowChunk {
    const rows = this.#open ? [this.#open] : [];
    this.#open = undefined;
    return this.#chunkOf(rows);
  }

  #begin(entity: number, time: number): OpenRow {
    const { length } = this.#features;
    return { entity, time, values: new Float64Array(length).fill(Number.NaN), seen: new Uint32Array(length) };
  }

  #put({ values, seen }: OpenRow, column: number, value: number): void {
    const count = ++seen[column]!;
    if (count === 1 || this.#repeated === 'last') values[column] = value;
    else if (this.#repeated === 'mean') values[column]! += (value - values[column]!) / count;
  }

  #chunkOf(rows: readonly OpenRow[]): RowChunk {
    const width = this.#features.length;
    const values = new Float64Array(rows.length * width);
    for (const [i, row] of rows.entries()) values.set(row.values, i * width);
    return {
      time: Float64Array.from(rows, ({ time }) => time),
      entity: Uint32Array.from(rows, ({ entity }) => entity),
      ids: this.#ids,
      features: this.#features,
      values,
    };
  }
}

import type { RetraceError } from '@retrace/errors';
import type { WindowBatch, WindowSpec } from './windows.ts';

/** A row that a stream did not take, and why. */
export interface RejectedRow {
  readonly id: unknown;
  readonly time: unknown;
  readonly error: RetraceError;
}

/** The windows that some rows of a stream completed, in the order in which they were completed. */
export interface StreamBatch extends WindowBatch {
  /** `[size]`, the entity of each window. */
  readonly ids: readonly string[];
  /** `[size]`, the first row of each window that is not padding, counted over the rows taken of its entity. */
  readonly rows: Float64Array;
  /** `[size]`, the steps of padding before that row. */
  readonly padding: Uint32Array;
  /** `[size]`, the time of the last row in. */
  readonly time: Float64Array;
  readonly rejected: readonly RejectedRow[];
}

/** Collects windows into arrays that grow. Padding is what nobody writes: 0. */
export class StreamBatchBuilder {
  readonly rejected: RejectedRow[] = [];
  input: Float32Array = new Float32Array(0);
  target: Float32Array = new Float32Array(0);
  label: Float32Array = new Float32Array(0);
  rows: Float64Array = new Float64Array(0);
  padding: Uint32Array = new Uint32Array(0);
  time: Float64Array = new Float64Array(0);
  /** As `input` and `target`, 0 where a cell is missing. There from `markMissing` on. */
  observed: Uint8Array | undefined;
  targetObserved: Uint8Array | undefined;
  labelled = false;
  readonly #ids: string[] = [];
  readonly #spec: Required<WindowSpec>;
  readonly #width: number;
  #capacity = 0;

  constructor(spec: Required<WindowSpec>, features: number) {
    this.#spec = spec;
    this.#width = features;
  }

  /** Makes room for one more window, and returns its place. */
  begin(id: string, row: number, padding: number, time: number): number {
    const place = this.#ids.push(id) - 1;
    if (place === this.#capacity) this.#grow();
    this.rows[place] = row;
    this.padding[place] = padding;
    this.time[place] = time;
    return place;
  }

  /** Provides `observed` and `targetObserved`, 1 so far. */
  markMissing(): void {
    this.observed ??= new Uint8Array(this.input.length).fill(1);
    this.targetObserved ??= new Uint8Array(this.target.length).fill(1);
  }

  finish(): StreamBatch {
    const size = this.#ids.length;
    const { lookback, horizon } = this.#spec;
    const [input, target] = [size * lookback * this.#width, size * horizon * this.#width];
    const mask = this.#mask(lookback, 0);
    const targetMask = this.#mask(horizon, lookback + this.#spec.shift);
    return {
      size,
      ids: this.#ids,
      rows: this.rows.subarray(0, size),
      padding: this.padding.subarray(0, size),
      time: this.time.subarray(0, size),
      rejected: this.rejected,
      input: this.input.subarray(0, input),
      ...(horizon > 0 && { target: this.target.subarray(0, target) }),
      ...(mask && { mask }),
      ...(targetMask && { targetMask }),
      ...(this.observed && { observed: this.#withoutPadding(this.observed.subarray(0, input), mask) }),
      ...(this.targetObserved &&
        horizon > 0 && {
          targetObserved: this.#withoutPadding(this.targetObserved.subarray(0, target), targetMask),
        }),
      ...(this.labelled && { label: this.label.subarray(0, size) }),
    };
  }

  /** `[size, steps]`, 0 where a step is padding, the first of them being step `start` of the window. */
  #mask(steps: number, start: number): Uint8Array | undefined {
    const size = this.#ids.length;
    if (!this.padding.subarray(0, size).some((padding) => steps > 0 && padding > start)) return undefined;
    const mask = new Uint8Array(size * steps).fill(1);
    for (let place = 0; place < size; place++) {
      const padded = Math.min(steps, Math.max(0, this.padding[place]! - start));
      mask.fill(0, place * steps, place * steps + padded);
    }
    return mask;
  }

  #withoutPadding(observed: Uint8Array, mask: Uint8Array | undefined): Uint8Array {
    if (!mask) return observed;
    return observed.map((flag, cell) => flag * mask[Math.floor(cell / this.#width)]!);
  }

  #grow(): void {
    this.#capacity = Math.max(16, 2 * this.#capacity);
    const { lookback, horizon } = this.#spec;
    const [input, target] = [lookback * this.#width, horizon * this.#width];
    this.input = grown(this.input, this.#capacity * input);
    this.target = grown(this.target, this.#capacity * target);
    this.label = grown(this.label, this.#capacity);
    this.rows = grown(this.rows, this.#capacity);
    this.padding = grown(this.padding, this.#capacity);
    this.time = grown(this.time, this.#capacity);
    if (this.observed) this.observed = grown(this.observed, this.#capacity * input, 1);
    if (this.targetObserved) this.targetObserved = grown(this.targetObserved, this.#capacity * target, 1);
  }
}

function grown<T extends Float32Array | Float64Array | Uint8Array | Uint32Array>(
  old: T,
  length: number,
  filler = 0,
): T {
  const array = new (old.constructor as new (length: number) => T)(length);
  array.set(old);
  if (filler !== 0) array.fill(filler, old.length);
  return array;
}

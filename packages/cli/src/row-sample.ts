import type { Series } from '@retrace/windowing';

/** Rows kept of the beginning, and of the whole. */
const HEAD_ROWS = 8192;
const SPREAD_ROWS = 4096;

/** Keeps a few rows of one entity that come in pieces: the first ones, and some spread evenly over all. */
export class RowSample {
  readonly #head: Float64Array[] = [];
  #spread: Float64Array[] = [];
  #every = 1;
  #rows = 0;

  add({ features, values, observed, time }: Series): void {
    const width = features.length;
    for (let row = 0; row < time.length; row++, this.#rows++) {
      const isKept = this.#rows % this.#every === 0;
      if (!isKept && this.#head.length === HEAD_ROWS) continue;
      const cells = Float64Array.from({ length: width }, (_, k) =>
        observed?.[row * width + k] === 0 ? Number.NaN : values[row * width + k]!,
      );
      if (this.#head.length < HEAD_ROWS) this.#head.push(cells);
      if (isKept) this.#spread.push(cells);
      if (this.#spread.length < SPREAD_ROWS) continue;
      this.#spread = this.#spread.filter((_, index) => index % 2 === 0);
      this.#every *= 2;
    }
  }

  /** The values of feature `k` in the first rows, NaN where missing. */
  head(k: number): Float64Array {
    return Float64Array.from(this.#head, (cells) => cells[k]!);
  }

  /** The values of feature `k` over all rows, NaN where missing. */
  spread(k: number): Float64Array {
    return Float64Array.from(this.#spread, (cells) => cells[k]!);
  }
}

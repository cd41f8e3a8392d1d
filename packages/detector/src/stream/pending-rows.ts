/** The rows of one entity that wait for their score, `width` numbers each, in a ring that grows as it must. */
export class PendingRows {
  readonly #width: number;
  #ring: Float64Array;
  #capacity: number;
  /** The first row that waits, and the row after the last. */
  first: number;
  end: number;

  constructor(width: number, first: number) {
    this.#width = width;
    this.#capacity = 4;
    this.#ring = new Float64Array(this.#capacity * width);
    this.first = first;
    this.end = first;
  }

  /** Adds a row, all of its numbers `NaN`, and returns a view of them. */
  add(): Float64Array {
    if (this.end - this.first === this.#capacity) this.#grow();
    return this.row(this.end++).fill(Number.NaN);
  }

  /** A view of the numbers of a row that waits, good until the next is added. */
  row(row: number): Float64Array {
    const at = (row % this.#capacity) * this.#width;
    return this.#ring.subarray(at, at + this.#width);
  }

  #grow(): void {
    const rows = Array.from({ length: this.#capacity }, (_, k) => this.row(this.first + k));
    this.#capacity *= 2;
    this.#ring = new Float64Array(this.#capacity * this.#width);
    for (const [k, cells] of rows.entries()) this.row(this.first + k).set(cells);
  }
}

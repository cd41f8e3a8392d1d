const BLOCK_BITS = 14;
const BLOCK_LENGTH = 2 ** BLOCK_BITS;

/** A list of float64 numbers that grows at its end, in blocks, so that growing neither copies nor doubles it. */
export class Float64Buffer {
  readonly #blocks: Float64Array[] = [];
  #last: Float64Array = new Float64Array(0);
  #filled = 0;

  get length(): number {
    return this.#blocks.length === 0 ? 0 : (this.#blocks.length - 1) * BLOCK_LENGTH + this.#filled;
  }

  push(value: number): void {
    if (this.#filled === this.#last.length) this.#grow();
    this.#last[this.#filled++] = value;
  }

  /** The value at `index`, which must be below `length`. */
  get(index: number): number {
    return this.#blocks[index >>> BLOCK_BITS]![index & (BLOCK_LENGTH - 1)]!;
  }

  /** The values at `indices`, each of which must be below `length`. */
  select(indices: Uint32Array): Float64Array {
    return new Float64Array(indices.length).map((_, i) => this.get(indices[i]!));
  }

  /** Only the first block grows by copying: a table may have thousands of columns and few rows. */
  #grow(): void {
    if (this.#blocks.length === 1 && this.#filled < BLOCK_LENGTH) {
      const grown = new Float64Array(4 * this.#filled);
      grown.set(this.#last);
      this.#last = grown;
      this.#blocks[0] = grown;
      return;
    }
    this.#last = new Float64Array(this.#blocks.length === 0 ? 16 : BLOCK_LENGTH);
    this.#blocks.push(this.#last);
    this.#filled = 0;
  }
}

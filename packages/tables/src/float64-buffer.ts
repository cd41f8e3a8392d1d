const BLOCK_BITS = 14;
const BLOCK_LENGTH = 2 ** BLOCK_BITS;

/** A list of float64 numbers that grows at its end, in blocks, so that growing neither copies nor doubles it. */
export class Float64Buffer {
  #blocks: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(values: Float64Array): void {
    for (let from = 0; from < values.length; ) {
      const filled = this.#length & (BLOCK_LENGTH - 1);
      const block = this.#blockFor(Math.min(filled + values.length - from, BLOCK_LENGTH));
      const part = values.subarray(from, from + block.length - filled);
      block.set(part, filled);
      this.#length += part.length;
      from += part.length;
    }
  }

  /** The value at `index`, which must be below `length`. */
  get(index: number): number {
    return this.#blocks[index >>> BLOCK_BITS]![index & (BLOCK_LENGTH - 1)]!;
  }

  /** Writes all values into `target`, from `offset` on, `stride` apart, and empties the buffer. */
  moveInto(target: Float64Array | Uint32Array | Uint8Array, offset = 0, stride = 1): void {
    let at = offset;
    let left = this.#length;
    for (const block of this.#blocks) {
      const count = Math.min(left, block.length);
      for (let i = 0; i < count; i++, at += stride) target[at] = block[i]!;
      left -= count;
    }
    this.clear();
  }

  /** Forgets the values; one block stays for those to come. */
  clear(): void {
    this.#blocks.length = Math.min(this.#blocks.length, 1);
    this.#length = 0;
  }

  /** The last block, with room for `needed` values; the first grows by copying, for tables of many columns and few rows. */
  #blockFor(needed: number): Float64Array {
    const index = this.#length >>> BLOCK_BITS;
    const block = this.#blocks[index];
    if (block && block.length >= needed) return block;
    const length = index > 0 ? BLOCK_LENGTH : Math.min(BLOCK_LENGTH, Math.max(16, 2 * needed));
    const grown = new Float64Array(length);
    if (block) grown.set(block);
    this.#blocks[index] = grown;
    return grown;
  }
}

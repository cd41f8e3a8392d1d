/** Reads bytes that come in pieces of any size by the number that is asked for. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  /** Reads `count` bytes, or all there are, into a buffer of their own; memory grows with what comes, not with `count`. */
  async read(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    let length = 0;
    while (length < count) {
      if (this.#piece.length === 0) {
        const { done, value } = await this.#iterator.next();
        if (done) break;
        this.#piece = value;
      }
      const part = this.#piece.subarray(0, count - length);
      this.#piece = this.#piece.subarray(part.length);
      parts.push(part);
      length += part.length;
    }
    const bytes = new Uint8Array(length);
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }
}

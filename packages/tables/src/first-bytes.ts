/** Reads until at least `count` bytes (or all there are) have come; `bytes` still yields every byte from the start. */
export async function firstBytes(
  bytes: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ first: Uint8Array; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const { done, value } = await iterator.next();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  const first = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    first.set(piece, offset);
    offset += piece.length;
  }
  return { first, bytes: resume(first, iterator) };
}

/** Not a generator, which, never begun, would not let go of the rest. */
function resume(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  let given = false;
  const resumed: AsyncIterator<Uint8Array> = {
    async next() {
      if (given) return iterator.next();
      given = true;
      return { done: false, value: first };
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => resumed };
}

/** Lets go of bytes that nobody will read on; of those read to the end, nothing is left to let go. */
export async function letGo(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await bytes[Symbol.asyncIterator]().return?.();
}

/**
 * Decodes text that arrives in pieces; a byte order mark is dropped, bytes that are none of the encoding's become
 * U+FFFD.
 *
 * @param encoding A label of https://encoding.spec.whatwg.org.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string = 'utf-8',
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  if (decoder.encoding === 'utf-8') return yield* decodeUtf8(bytes);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/**
 * Each piece is cut before a character that it does not hold whole: decoding a piece for itself is several times faster
 * in Node than a decoder that waits for more, and gives text of one byte a character where it is ASCII.
 */
async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder = new TextDecoder('utf-8');
  let rest = new Uint8Array(0);
  for await (const piece of bytes) {
    const joined = rest.length === 0 ? piece : concatenate(rest, piece);
    const whole = joined.length - cutCharacter(joined);
    rest = joined.slice(whole);
    if (whole === 0) continue;
    yield decoder.decode(joined.subarray(0, whole));
    decoder = AFTER_THE_FIRST;
  }
  if (rest.length > 0) yield decoder.decode(rest);
}

const AFTER_THE_FIRST = new TextDecoder('utf-8', { ignoreBOM: true });

/** The number of bytes at the end, at most 3, that begin a character and do not complete it. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Wider numbers would be those of a dictionary of more than 16 million values. */
const MAX_WIDTH = 24;

/**
 * Decodes Parquet's run-length and bit-packed hybrid
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE), which nullness and dictionary indices come
 * in. Unlike hyparquet's own decoder it writes nothing beyond `count`, whatever the runs claim.
 *
 * @param width The bits of a number.
 * @returns `[count]`.
 * @throws Error if the bytes end before, or a number is wider than 24 bits.
 */
export function decodeRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > MAX_WIDTH) throw new Error(`numbers of ${width} bits`);
  const values = new Uint32Array(count);
  let at = 0;
  for (let filled = 0; filled < count; ) {
    let header = 0;
    for (let scale = 1, byte = 0x80; byte >= 0x80; scale *= 128) {
      if (at >= bytes.length || scale > 2 ** 35) throw new Error('a run that breaks off');
      byte = bytes[at++]!;
      header += (byte & 0x7f) * scale;
    }
    const packed = header % 2 === 1;
    const length = Math.min(packed ? 4 * (header - 1) : header / 2, count - filled);
    const size = packed ? Math.ceil((length * width) / 8) : Math.ceil(width / 8);
    if (at + size > bytes.length) throw new Error('a run that breaks off');
    if (packed) unpack(bytes.subarray(at, at + size), width, values.subarray(filled, filled + length));
    else values.fill(littleEndian(bytes.subarray(at, at + size)), filled, filled + length);
    at += packed ? (width * (header - 1)) / 2 : size;
    filled += length;
  }
  return values;
}

/** Tells whether `count` bits are all 1, as one run says; more runs may say so too, which is not looked for. */
export function isOneRunOfOnes(bytes: Uint8Array, count: number): boolean {
  let header = 0;
  let at = 0;
  for (let scale = 1; at < bytes.length && at < 5; scale *= 128) {
    const byte = bytes[at++]!;
    header += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
  }
  return header === 2 * count && bytes[at] === 1;
}

function unpack(bytes: Uint8Array, width: number, values: Uint32Array): void {
  const mask = 2 ** width - 1;
  let [word, bits, at] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    for (; bits < width; bits += 8) word |= bytes[at++]! << bits;
    values[i] = word & mask;
    word >>>= width;
    bits -= width;
  }
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

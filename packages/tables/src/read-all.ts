import { ByteReader } from './byte-reader.ts';

/** Reads all bytes into one buffer; the source bounds how many there are. */
export function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new ByteReader(bytes).read(Number.MAX_SAFE_INTEGER);
}

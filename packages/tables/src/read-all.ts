import { ByteReader } from './byte-reader.ts';

/** Reads all bytes into one buffer; the source bounds how many there are. */
export async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new ByteReader(bytes);
  try {
    return await reader.read(Number.MAX_SAFE_INTEGER);
  } finally {
    await reader.close();
  }
}

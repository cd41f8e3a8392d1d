import { argumentError } from '@retrace/errors';

/** Copies what is to be written, so that the caller may go on using it; refuses what is no Uint8Array. */
export function copyContent(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // By its tag and not its class: a frame or a test runner may have another Uint8Array.
  if (ArrayBuffer.isView(bytes) && bytes[Symbol.toStringTag] === 'Uint8Array') {
    try {
      return new Uint8Array(bytes);
    } catch {
      // Its buffer has been transferred to a worker.
    }
  }
  throw argumentError('bytes', 'a Uint8Array, its buffer not transferred away', bytes);
}

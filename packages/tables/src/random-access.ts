/** Bytes that can be read from any place, such as a file's. */
export interface RandomAccess {
  readonly byteLength: number;
  /** Reads the bytes from `start` to before `end`, which lie within. */
  slice(start: number, end: number): Promise<ArrayBuffer>;
  close(): Promise<void>;
}

/** Reads anywhere in bytes that are in memory. */
export function accessBytes(bytes: Uint8Array): RandomAccess {
  return {
    byteLength: bytes.length,
    slice: async (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
    close: async () => undefined,
  };
}

/** Reads anywhere in a Blob, such as a dropped file. */
export function accessBlob(blob: Blob): RandomAccess {
  return {
    byteLength: blob.size,
    slice: (start, end) => blob.slice(start, end).arrayBuffer(),
    close: async () => undefined,
  };
}

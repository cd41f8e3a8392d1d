import { createHash } from 'node:crypto';

/** A model or detector file taken apart: its header, a JSON text, and the bytes of its tensors. */
export interface FileParts {
  readonly header: string;
  readonly data: Uint8Array;
}

/** Takes a sound file apart. */
export function takeApart(file: Uint8Array): FileParts {
  const length = Number(Buffer.from(file.buffer, file.byteOffset, 8).readBigUInt64LE());
  return {
    header: Buffer.from(file.subarray(8, 8 + length)).toString('utf8'),
    data: file.slice(8 + length),
  };
}

/** Puts a file together as it is, whatever it says of its checksum. */
export function joinParts({ header, data }: { header: string | Uint8Array; data: Uint8Array }): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return new Uint8Array(Buffer.concat([length, text, data]));
}

/**
 * Puts a file together and makes its checksum right, so that a reader comes to what else is wrong with it: the SHA-256 of
 * the file with zeros in the checksum's place. A header without a checksum is left without.
 */
export function seal({ header, data }: FileParts): Uint8Array {
  const stated = /"sha256":"[0-9a-f]{64}"/;
  const blank = joinParts({ header: header.replace(stated, `"sha256":"${'0'.repeat(64)}"`), data });
  const digest = createHash('sha256').update(blank).digest('hex');
  return joinParts({ header: header.replace(stated, `"sha256":"${digest}"`), data });
}

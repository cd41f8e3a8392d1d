import { createHash } from 'node:crypto';
import { isRetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSafetensors,
  readSealedSafetensors,
  type Tensor,
  writeSafetensors,
  writeSealedSafetensors,
} from './index.ts';

const content = {
  tensors: new Map<string, Tensor>([
    ['a', { dtype: 'F32', shape: [3], data: Float32Array.of(1, -2, Number.NaN) }],
  ]),
  metadata: { note: `a text with "sha256":"${'0'.repeat(64)}" in it`, zeta: '' },
};
const sealed = writeSealedSafetensors(content);

describe('writeSealedSafetensors', () => {
  it('writes a file that any reader of the format reads', () => {
    const { tensors, metadata } = readSafetensors(sealed);
    expect(tensors).toEqual(content.tensors);
    expect(metadata).toMatchObject(content.metadata);
  });

  it('refuses metadata that the checksum would overwrite', () => {
    expect(() => writeSealedSafetensors({ ...content, metadata: { sha256: 'mine' } })).toThrow(
      '`metadata.sha256` must be absent',
    );
  });

  it('states the SHA-256 of the file with zeros in the place of the digest', () => {
    const stated = readSafetensors(sealed).metadata.sha256!;
    const blank = Buffer.from(
      Buffer.from(sealed).toString('latin1').replace(stated, '0'.repeat(64)),
      'latin1',
    );
    expect(stated).toBe(createHash('sha256').update(blank).digest('hex'));
  });
});

describe('readSealedSafetensors', () => {
  it('returns what was written, without the checksum', () => {
    expect(readSealedSafetensors(sealed)).toEqual({ tensors: content.tensors, metadata: content.metadata });
  });

  it('leaves the bytes as they are, also those of a Buffer', () => {
    const buffer = Buffer.from(sealed);
    readSealedSafetensors(buffer);
    expect(buffer.equals(sealed)).toBe(true);
  });

  it('refuses a file with any one bit flipped', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const damaged = sealed.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        try {
          readSealedSafetensors(damaged);
        } catch (error) {
          return isRetraceError(error);
        }
        return false;
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['without a checksum', writeSafetensors(content)],
    ['with a checksum that is none', writeSafetensors({ ...content, metadata: { sha256: 'F' } })],
    [
      'with the checksum of another file',
      writeSafetensors({ ...content, metadata: { sha256: 'f'.repeat(64) } }),
    ],
    ['with an escaped checksum key', escapedKey()],
  ])('refuses a file %s', (_, file) => {
    expect(() => readSealedSafetensors(file)).toThrow(/checksum|header/);
  });
});

/** The sealed file with its checksum key spelt otherwise: the same JSON, in a header of other bytes. */
function escapedKey(): Uint8Array {
  const length = Number(new DataView(sealed.buffer).getBigUint64(0, true));
  const text = Buffer.from(sealed.subarray(8, 8 + length))
    .toString()
    .replace('"sha256":"', '"sha\\u003256":"')
    .trimEnd();
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = Buffer.concat([Buffer.alloc(8), header, sealed.subarray(8 + length)]);
  file.writeBigUInt64LE(BigInt(header.length));
  return file;
}

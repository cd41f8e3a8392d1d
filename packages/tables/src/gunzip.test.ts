import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from './gunzip.ts';

const NO_LIMITS = { bytes: Number.MAX_SAFE_INTEGER, ratio: Number.MAX_SAFE_INTEGER };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Uint8Array,
  limits: Partial<typeof NO_LIMITS> = {},
  size = 1000,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of gunzip({ file: 'f', bytes: inPieces(bytes, size) }, { ...NO_LIMITS, ...limits }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('gunzip', () => {
  const noise = randomBytes(50_000);
  // Not by chance the magic bytes of gzip.
  noise[0] = 0;

  it.each([1, 3, 1000, 1e6])(
    'passes on what is not gzip and expands what is, in pieces of %i bytes',
    async (size) => {
      const short = noise.subarray(0, 2000);
      expect(await read(short, {}, size)).toEqual(short);
      expect(await read(gzipSync(short), {}, size)).toEqual(short);
    },
  );

  it('passes on an empty file', async () => {
    expect(await read(new Uint8Array(0))).toHaveLength(0);
  });

  it('takes views of shared memory', async () => {
    const packed = gzipSync(noise);
    const shared = new Uint8Array(new SharedArrayBuffer(packed.length));
    shared.set(packed);
    expect(await read(shared)).toEqual(noise);
  });

  it.each([2, 3, 9, 1000, 40_000])('refuses gzip cut short after %i bytes', async (length) => {
    const cut = gzipSync(noise).subarray(0, length);
    await expect(read(cut)).rejects.toMatchObject({
      code: 'RETRACE_TABLE_COMPRESSION',
      details: { file: 'f' },
    });
  });

  it('refuses text longer than `bytes`, packed or not', async () => {
    const refused = { code: 'RETRACE_TABLE_LIMIT', details: { limit: 'bytes', allowed: 49_999 } };
    await expect(read(noise, { bytes: 49_999 })).rejects.toMatchObject(refused);
    await expect(read(gzipSync(noise), { bytes: 49_999 })).rejects.toMatchObject(refused);
    expect(await read(noise, { bytes: 50_000 })).toHaveLength(50_000);
  });

  it('refuses what expands more than `ratio` times, once 16 MiB are out', async () => {
    const limits = { ratio: 100 };
    await expect(read(gzipSync(new Uint8Array(2 ** 24 + 1)), limits)).rejects.toMatchObject({
      code: 'RETRACE_TABLE_LIMIT',
      details: { limit: 'ratio', allowed: 100 },
    });
    expect(await read(gzipSync(new Uint8Array(2 ** 24)), limits)).toHaveLength(2 ** 24);
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from './read-safetensors.ts';
import type { Tensor } from './tensor.ts';
import { writeSafetensors } from './write-safetensors.ts';

const reference = readFileSync(new URL('../fixtures/reference.safetensors', import.meta.url));

describe('writeSafetensors', () => {
  it('writes the reference file byte for byte, in whatever order it is given', () => {
    const { tensors, metadata } = readSafetensors(reference);
    const backwards = new Map([...tensors].reverse());
    expect(Buffer.from(writeSafetensors({ tensors: backwards, metadata }))).toEqual(reference);
  });
  it('is undone by readSafetensors, bit for bit', () => {
    const data = fc.oneof(
      fc.float32Array().map((data) => ({ dtype: 'F32' as const, shape: [data.length], data })),
      fc.float64Array().map((data) => ({ dtype: 'F64' as const, shape: [1, data.length], data })),
      fc.uint8Array().map((data) => ({ dtype: 'U8' as const, shape: [data.length, 1], data })),
      fc.bigInt64Array().map((data) => ({ dtype: 'I64' as const, shape: [data.length], data })),
    );
    const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
    const entries = fc.uniqueArray(fc.tuple(name, data), { selector: ([key]) => key, maxLength: 6 });
    const texts = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(entries, texts, (pairs, metadata) => {
        const tensors = new Map<string, Tensor>(pairs);
        const file = writeSafetensors({ tensors, metadata });
        const back = readSafetensors(file);
        expect(back.tensors).toEqual(tensors);
        expect(Object.entries(back.metadata).sort()).toEqual(Object.entries(metadata).sort());
        expect(writeSafetensors(back)).toEqual(file);
      }),
    );
  });
  it('writes a view and no more of its buffer', () => {
    const data = Float32Array.of(1, 2, 3).subarray(1, 2);
    const file = writeSafetensors({ tensors: new Map([['a', { dtype: 'F32', shape: [1], data }]]) });
    expect(readSafetensors(file).tensors.get('a')?.data).toEqual(Float32Array.of(2));
  });

  const good = { dtype: 'F32', shape: [2], data: new Float32Array(2) };
  const one = (name: string, tensor: unknown) => ({ tensors: new Map([[name, tensor]]) });
  it.each([
    [{}, '`tensors` must be a Map'],
    [{ tensors: { a: good } }, '`tensors` must be a Map'],
    [{ tensors: new Map(), meta: {} }, '`content` must be an object without unknown keys'],
    [one('a', null), '`tensors.get("a")` must be an object'],
    [one('a', { ...good, dtype: 'f32' }), `Did you mean 'F32'?`],
    [one('a', { ...good, shape: [3] }), '`tensors.get("a").data` must be the 3 elements of shape [3]'],
    [one('a', { ...good, shape: [-2] }), '`tensors.get("a").shape` must be an array of integers'],
    [one('a', { ...good, shape: 2 }), '`tensors.get("a").shape` must be an array of integers'],
    [one('a', { ...good, data: [0, 0] }), 'in the typed array of F32. Received: [0, 0]'],
    [one('a', { ...good, data: new Float64Array(2) }), 'Received: a Float64Array of length 2'],
    [one('__metadata__', good), "`name` must be other than '__metadata__'"],
    [one('\ud800', good), '`name` must be a string of whole characters'],
    [{ tensors: new Map(), metadata: null }, '`metadata` must be an object of strings'],
    [{ tensors: new Map(), metadata: { a: 1 } }, '`metadata["a"]` must be a string'],
  ])('refuses %o', (content, message) => {
    expect(() => writeSafetensors(content as never)).toThrow(message);
  });
});

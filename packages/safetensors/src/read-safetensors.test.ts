import { readFileSync } from 'node:fs';
import { isRetraceError, type RetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from './read-safetensors.ts';
import type { Tensor } from './tensor.ts';

const reference = readFileSync(new URL('../fixtures/reference.safetensors', import.meta.url));

/** A file of a header text and data bytes, whatever they are. */
function fileOf(header: string | Uint8Array, data: ArrayLike<number> = [], length?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

function refusal(bytes: Uint8Array): RetraceError {
  try {
    readSafetensors(bytes);
  } catch (error) {
    if (isRetraceError(error)) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

const entry = (dtype: string, shape: string, begin: number, end: number) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

describe('readSafetensors', () => {
  it('reads what the Python package wrote', () => {
    const { tensors, metadata } = readSafetensors(reference);
    expect({ ...metadata }).toEqual({ spec: '{"a":"\\n"}' });
    const expected: Record<string, Tensor> = {
      'encoder.kernel': { dtype: 'F32', shape: [2, 3], data: Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25) },
      'encoder.bias': { dtype: 'F32', shape: [3], data: Float32Array.of(Number.NaN, Infinity, -0) },
      count: { dtype: 'I64', shape: [], data: BigInt64Array.of(2n ** 40n + 1n) },
      average: { dtype: 'F64', shape: [2], data: Float64Array.of(0.1, 1e300) },
      z64: { dtype: 'U64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
      a32: { dtype: 'I32', shape: [1], data: Int32Array.of(-5) },
      z32: { dtype: 'U32', shape: [1], data: Uint32Array.of(2 ** 32 - 1) },
      z16: { dtype: 'U16', shape: [1], data: Uint16Array.of(2 ** 16 - 1) },
      z8: { dtype: 'I8', shape: [1], data: Int8Array.of(-128) },
      'größe 😀': { dtype: 'I16', shape: [2], data: Int16Array.of(-(2 ** 15), 7) },
      none: { dtype: 'U8', shape: [0, 3], data: new Uint8Array(0) },
      observed: { dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) },
      '../0': { dtype: 'U8', shape: [1], data: Uint8Array.of(255) },
    };
    expect(tensors).toEqual(new Map(Object.entries(expected)));
  });
  it('copies, so that neither changes with the other', () => {
    const bytes = Uint8Array.from(reference);
    const { tensors } = readSafetensors(bytes);
    bytes.fill(0);
    expect(tensors.get('average')?.data[0]).toBe(0.1);
  });
  it('reads at any alignment, and from a view into a larger buffer', () => {
    const larger = new Uint8Array(reference.length + 3);
    larger.set(reference, 3);
    expect(readSafetensors(larger.subarray(3))).toEqual(readSafetensors(reference));
    const odd = fileOf(`{"a":${entry('F32', '[1]', 0, 4)}}  `, [0, 0, 128, 63]);
    expect(readSafetensors(odd).tensors.get('a')?.data).toEqual(Float32Array.of(1));
  });
  it('takes keys in any order, white space, escapes and tensors not in the order of their bytes', () => {
    const header = ` {"\\u0062" : { "data_offsets":[ 1,2 ],"shape":[1],"dtype":"U8" },\n"a":${entry('U8', '[1]', 0, 1)}}`;
    const { tensors } = readSafetensors(fileOf(header.trim(), [7, 8]));
    expect(tensors.get('b')?.data).toEqual(Uint8Array.of(8));
    expect(tensors.get('a')?.data).toEqual(Uint8Array.of(7));
  });
  it('takes an empty file of tensors', () => {
    expect(readSafetensors(fileOf('{}')).tensors.size).toBe(0);
  });
  it('gives names no meaning: neither of an object, nor of a path', () => {
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      '../../etc/passwd',
      'a/b',
      '\\u0000',
      'n'.repeat(10_000),
    ];
    const fields = names.map((name, i) => `"${name}":${entry('U8', '[1]', i, i + 1)}`);
    const meta = '"__metadata__":{"__proto__":"polluted","toString":"x"}';
    const { tensors, metadata } = readSafetensors(
      fileOf(
        `{${[meta, ...fields].join(',')}}`,
        names.map((_, i) => i),
      ),
    );
    expect([...tensors.keys()]).toEqual(names.map((name) => (name === '\\u0000' ? '\0' : name)));
    expect(Object.entries(metadata)).toEqual([
      ['__proto__', 'polluted'],
      ['toString', 'x'],
    ]);
    expect(metadata.constructor).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
  it('leaves values alone, NaN included', () => {
    const { tensors } = readSafetensors(reference);
    expect(tensors.get('encoder.bias')?.data[0]).toBeNaN();
  });

  const f32 = (shape: string, begin: number, end: number) => `{"a":${entry('F32', shape, begin, end)}}`;
  const pair = (first: [number, number], second: [number, number]) =>
    `{"a":${entry('U8', '[2]', ...first)},"b":${entry('U8', '[2]', ...second)}}`;
  it.each([
    ['an empty file', new Uint8Array(0), 'TRUNCATED', 'should have 8 bytes before its header and has 0'],
    ['eight zeros', new Uint8Array(8), 'HEADER', 'says its header has 0 bytes'],
    ['a header of 2^63 bytes', fileOf('{}', [], 2n ** 63n), 'HEADER', '9223372036854775808 bytes'],
    ['a header over the limit', fileOf('{}', [], 100_000_001n), 'HEADER', 'from 1 to 100000000'],
    ['a header past the end', fileOf('{}', [], 3n), 'TRUNCATED', 'should have 3 bytes of header and has 2'],
    ['a header that is an array', fileOf('[]'), 'HEADER', "does not start with '{'"],
    ['a byte order mark', fileOf('\ufeff{}'), 'HEADER', "does not start with '{'"],
    ['invalid UTF-8', fileOf(Uint8Array.of(123, 34, 255, 34, 58, 125)), 'HEADER', 'not UTF-8'],
    ['half a header', fileOf('{"a":'), 'HEADER', "its end where '{' belongs"],
    ['an unended string', fileOf('{"a\\"'), 'HEADER', 'ends within a string'],
    ['a wrong escape', fileOf('{"\\x":{}}'), 'HEADER', 'wrong escape'],
    ['half a surrogate pair', fileOf('{"\\ud800":{}}'), 'HEADER', 'half a surrogate pair'],
    ['a control character', fileOf('{"\n":{}}'), 'HEADER', 'control character'],
    ['a missing colon', fileOf('{"a"{}}'), 'HEADER', `has "{" where ':' belongs`],
    ['a trailing comma', fileOf('{"__metadata__":{},}'), 'HEADER', `has "}" where '"' belongs`],
    ['text after the header', fileOf('{}{}'), 'HEADER', 'goes on after its last brace'],
    [
      'a tensor twice',
      fileOf(`{"a":${entry('U8', '[0]', 0, 0)},"\\u0061":{}}`),
      'HEADER',
      'has the key "a" twice',
    ],
    ['a field twice', fileOf('{"a":{"dtype":"U8","dtype":"F32"}}'), 'HEADER', 'has the key "dtype" twice'],
    ['metadata twice', fileOf('{"__metadata__":{"k":"1","k":"2"}}'), 'HEADER', 'has the key "k" twice'],
    ['metadata that is no text', fileOf('{"__metadata__":{"k":1}}'), 'HEADER', `has "1" where '"' belongs`],
    ['metadata that is null', fileOf('{"__metadata__":null}'), 'HEADER', `has "n" where '{' belongs`],
    [
      '20,000 arrays in another',
      fileOf(`{"a":{"shape":${'['.repeat(20_000)}`),
      'HEADER',
      'other than an integer',
    ],
    [
      '20,000 objects in another',
      fileOf('{"a":'.repeat(20_000)),
      'HEADER',
      'unknown field "a" in tensor "a"',
    ],
    ['an unknown field', fileOf('{"a":{"stride":[1]}}'), 'HEADER', 'unknown field "stride" in tensor "a"'],
    ['no shape', fileOf('{"a":{"dtype":"U8","data_offsets":[0,0]}}'), 'HEADER', 'lacks the dtype, the shape'],
    [
      'one offset',
      fileOf('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}'),
      'HEADER',
      'the two data_offsets',
    ],
    ['three offsets', fileOf('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}'), 'HEADER', 'the two'],
    ['a negative size', fileOf(f32('[-1]', 0, 4)), 'HEADER', 'other than an integer'],
    ['a size of 1.5', fileOf(f32('[1.5]', 0, 4)), 'HEADER', `has "." where ']' belongs`],
    ['a size of 1e9', fileOf(f32('[1e9]', 0, 4)), 'HEADER', `has "e" where ']' belongs`],
    ['a size of 01', fileOf(f32('[01]', 0, 4)), 'HEADER', 'other than an integer'],
    ['a size of 2^53', fileOf(f32('[9007199254740992]', 0, 4)), 'HEADER', 'other than an integer'],
    ['a size in quotes', fileOf(f32('["1"]', 0, 4)), 'HEADER', 'other than an integer'],
    ['a dtype it has no array for', fileOf(`{"a":${entry('BF16', '[1]', 0, 2)}}`), 'DTYPE', 'dtype "BF16"'],
    ['a dtype that is a property', fileOf(`{"a":${entry('toString', '[1]', 0, 2)}}`), 'DTYPE', '"toString"'],
    [
      'a dtype of another size',
      fileOf(`{"a":${entry('F64', '[1]', 0, 4)}}`, [0, 0, 0, 0]),
      'LAYOUT',
      'takes 8 bytes',
    ],
    [
      'a shape of another size',
      fileOf(f32('[2]', 0, 4), [0, 0, 0, 0]),
      'LAYOUT',
      'F32 of shape [2] takes 8 bytes',
    ],
    [
      'a product beyond integers',
      fileOf(f32('[4294967296,4294967296,0]', 0, 0)),
      'LAYOUT',
      'takes Infinity bytes',
    ],
    ['offsets the wrong way round', fileOf(f32('[1]', 4, 0)), 'LAYOUT', 'data_offsets 4 to 0'],
    [
      'a hole at the start',
      fileOf(pair([1, 3], [3, 5]), [0, 0, 0, 0, 0]),
      'LAYOUT',
      'leaves a hole after the header',
    ],
    ['a hole', fileOf(pair([0, 2], [3, 5]), [0, 0, 0, 0, 0]), 'LAYOUT', 'leaves a hole after tensor "a"'],
    ['an overlap', fileOf(pair([0, 2], [1, 3]), [0, 0, 0]), 'LAYOUT', 'overlaps tensor "a", which ends at 2'],
    ['the same bytes twice', fileOf(pair([0, 2], [0, 2]), [0, 0]), 'LAYOUT', 'overlaps tensor "a"'],
    [
      'a tensor past the end',
      fileOf(f32('[2]', 0, 8), [0, 0, 0, 0]),
      'TRUNCATED',
      '8 bytes of data and has 4',
    ],
    [
      'a huge tensor',
      fileOf(f32('[1000000000000]', 0, 4e12)),
      'TRUNCATED',
      'should have 4000000000000 bytes',
    ],
    [
      'trailing bytes',
      fileOf(f32('[1]', 0, 4), [0, 0, 0, 0, 9]),
      'LAYOUT',
      'has 1 bytes after its last tensor',
    ],
  ])('refuses %s', (_, bytes, code, message) => {
    const error = refusal(bytes);
    expect(error.message).toContain(message);
    expect(error.code).toBe(`RETRACE_SAFETENSORS_${code}`);
  });
  it.each([undefined, null, '{}', [1, 2], new ArrayBuffer(8)])(
    'refuses %o, which is no Uint8Array',
    (value) => {
      expect(() => readSafetensors(value as unknown as Uint8Array)).toThrow('`bytes` must be a Uint8Array');
    },
  );

  it('refuses the reference file cut at any byte', () => {
    const codes = new Set<string>();
    for (let length = 0; length < reference.length; length++)
      codes.add(refusal(reference.subarray(0, length)).code);
    expect([...codes]).toEqual(['RETRACE_SAFETENSORS_TRUNCATED']);
  });
  it('never fails but by a typed error, whichever bit of the file is flipped', () => {
    let refused = 0;
    for (let bit = 0; bit < reference.length * 8; bit++) {
      const bytes = Uint8Array.from(reference);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      refused += readOrRefuse(bytes);
    }
    // A flip in a name, in white space or in the data is another valid file: the format has no checksum.
    expect(refused).toBeGreaterThan(reference.length * 8 * 0.4);
  });
  it('never fails but by a typed error on any header, length and data', () => {
    const json = fc.json().map((text) => text.slice(0, 2000));
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '\\',
      '0',
      '4',
      '"a"',
      '"dtype"',
      '"F32"',
      '"shape"',
      '"data_offsets"',
      '"__metadata__"',
      ' ',
      'é',
    );
    const tokens = fc.array(token, { maxLength: 40 }).map((parts) => `{${parts.join('')}`);
    fc.assert(
      fc.property(
        fc.oneof(json, tokens),
        fc.uint8Array({ maxLength: 16 }),
        fc.integer({ min: -2, max: 2 }),
        (header, data, slip) => {
          const length = BigInt(Math.max(0, new TextEncoder().encode(header).length + slip));
          readOrRefuse(fileOf(header, data, length));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** 1 if the bytes are refused with the package's own error, 0 if they are read; throws anything else. */
function readOrRefuse(bytes: Uint8Array): 0 | 1 {
  try {
    readSafetensors(bytes);
    return 0;
  } catch (error) {
    if (isRetraceError(error) && error.code.startsWith('RETRACE_SAFETENSORS_')) return 1;
    throw error;
  }
}

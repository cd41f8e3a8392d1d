import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRows, readSeries } from './index.ts';

const expected: {
  npy: Record<string, { hex: string; values: (number | null)[][] }>;
  'refused npy': Record<string, string>;
} = JSON.parse(readFileSync(new URL('../fixtures/expected.json', import.meta.url), 'utf8'));

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** An array of `dtype` and `shape`, as text of Python, with as many bytes as it is given. */
function npy(dtype: string, shape: string, bytes: Uint8Array): Uint8Array {
  const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const head = Buffer.from(`\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`, 'latin1');
  return new Uint8Array(Buffer.concat([head, bytes]));
}

/** A stream of the bytes, in pieces that end in the middle of numbers. */
function trickled(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, at + 7));
      else controller.close();
      at += 7;
    },
  });
}

describe('readSeries', () => {
  it.each(Object.entries(expected.npy))('reads what numpy wrote as %s', async (_, { hex, values }) => {
    for (const source of [bytesOf(hex), trickled(bytesOf(hex))]) {
      const [series] = await readSeries(source, { onMissing: 'mask' });
      expect(series!.features).toEqual(values[0]!.map((_, k) => `column${k + 1}`));
      expect([...series!.values]).toEqual(values.flat().map((value) => value ?? Number.NaN));
    }
  });

  it('takes columns of an array by position, for times too', async () => {
    const [series] = await readSeries(bytesOf(expected.npy['le-i8']!.hex), { time: 1, features: [3] });
    expect(series).toMatchObject({
      time: Float64Array.of(0, 7, 50, 100),
      values: Float64Array.of(2, 9, 70, 102),
    });
  });

  it.each([
    ['objects', /pickled objects, which may run code/],
    ['structured', /structured.*a column for each field/],
    ['complex', /of type '<c16', not of real numbers/],
    ['text', /of type '<U1'/],
    ['half', /astype\(float\)/],
    ['dates', /of type '<M8\[s\]'/],
    ['windows', /3 dimensions.*arrayWindows/],
    ['scalar', /0 dimensions/],
    ['wide', /no columns/],
  ])('refuses %s', async (name, message) => {
    await expect(readSeries(bytesOf(expected['refused npy'][name]!))).rejects.toMatchObject({
      code: 'RETRACE_TABLE_FORMAT',
      message: expect.stringMatching(message),
    });
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    ['cut short', npy('<f8', '(3,)', new Uint8Array(23)), 'FORMAT', /cut short/],
    ['too long', npy('<f8', '(3,)', new Uint8Array(25)), 'FORMAT', /goes on after/],
    ['of a huge shape', npy('<f8', `(${2 ** 40}, 3)`, new Uint8Array(8)), 'LIMIT', /limits.bytes/],
    [
      'of a shape beyond all numbers',
      npy('<f8', `(${'9'.repeat(60)},)`, new Uint8Array(8)),
      'LIMIT',
      /limits/,
    ],
    ['of too many columns', npy('|u1', '(1, 20000)', new Uint8Array(8)), 'LIMIT', /limits.columns/],
    ['without rows', npy('<f8', '(0, 3)', new Uint8Array(0)), 'EMPTY', /no row/],
    ['of another header', npy('<f8', '3', new Uint8Array(24)), 'FORMAT', /header of the array is damaged/],
    [
      'of a header of 4 GB',
      Uint8Array.of(0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255),
      'FORMAT',
      /4294967295/,
    ],
    ['of a version to come', Uint8Array.of(0x93, 78, 85, 77, 80, 89, 9, 0, 2, 0, 0, 0), 'FORMAT', /damaged/],
    ['of nothing but its name', Uint8Array.of(0x93, 78, 85, 77, 80, 89), 'FORMAT', /damaged/],
    [
      'of infinity',
      npy('<f8', '(1,)', new Uint8Array(Float64Array.of(Infinity).buffer)),
      'NUMBER',
      /"Infinity"/,
    ],
  ])('refuses an array %s', async (_, bytes, code, message) => {
    await expect(readSeries(bytes)).rejects.toMatchObject({
      code: `RETRACE_TABLE_${code}`,
      message: expect.stringMatching(message),
    });
  });
});

describe('readRows', () => {
  it('gives a long array in pieces', async () => {
    const values = Float64Array.from({ length: 400_000 }, (_, i) => i / 7);
    const given: number[] = [];
    for await (const series of readRows(npy('<f8', '(200000, 2)', new Uint8Array(values.buffer)), {
      features: [2],
    }))
      given.push(...series.values);
    expect(given).toEqual(Array.from({ length: 200_000 }, (_, i) => values[2 * i + 1]));
  });
});

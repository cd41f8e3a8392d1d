import { createHash } from 'node:crypto';
import { createSeries, type Series } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { seriesDigest } from './index.ts';

const pump: Series = createSeries({
  id: 'pump-1',
  features: ['flow', 'größe'],
  time: Float64Array.of(5, 6, 8),
  values: Float64Array.of(0.1, -0, 1e300, 2, 3, 4),
});
const valve: Series = {
  ...pump,
  id: 'valve',
  time: Float64Array.of(1, 2, 3),
  labels: Uint8Array.of(0, 1, 0),
};

describe('seriesDigest', () => {
  it('is the SHA-256 of the bytes it is documented to hash', () => {
    const hash = createHash('sha256');
    for (const { id, features, time, values, labels } of [pump, valve]) {
      hash.update(`${JSON.stringify({ id, features, rows: 3, labelled: id === 'valve' })}\n`);
      for (const number of [...time, ...values]) {
        const bytes = Buffer.alloc(8);
        bytes.writeDoubleLE(number);
        hash.update(bytes);
      }
      if (labels) hash.update(labels);
    }
    expect(seriesDigest([pump, valve])).toEqual({
      sha256: hash.digest('hex'),
      series: 2,
      rows: 6,
      from: 1,
      to: 8,
    });
  });

  it('is the same for the same rows, however they are held', () => {
    const exact = { ...pump, values: Float64Array.of(0.5, -0, 1, 2, 3, 4) };
    expect(seriesDigest([{ ...exact, values: Float32Array.from(exact.values) }])).toEqual(
      seriesDigest([exact]),
    );
    const observed = Uint8Array.of(1, 1, 0, 1, 1, 1);
    const missing = [Number.NaN, 7].map((cell) => {
      const values = exact.values.slice();
      values[2] = cell;
      return seriesDigest([{ ...exact, values, observed }]).sha256;
    });
    expect(new Set(missing).size).toBe(1);
    expect(missing[0]).not.toBe(seriesDigest([exact]).sha256);
  });

  it('is the same over any number of rows as over all at once', () => {
    const rows = 3 * 8192 + 5;
    const long = createSeries({
      id: 'long',
      features: ['a'],
      time: Float64Array.from({ length: rows }, (_, row) => row),
      values: Float64Array.from({ length: rows }, (_, row) => Math.sqrt(row)),
    });
    const head = `${JSON.stringify({ id: 'long', features: ['a'], rows, labelled: false })}\n`;
    const bytes = [long.time, long.values].map(({ buffer }) => Buffer.from(buffer));
    const expected = createHash('sha256')
      .update(Buffer.concat([Buffer.from(head), ...bytes]))
      .digest('hex');
    expect(seriesDigest([long]).sha256).toBe(expected);
  });

  it.each<[string, Series[]]>([
    ['a value', [{ ...pump, values: Float64Array.of(0.1, 0, 1e300, 2, 3, 4) }]],
    ['a time', [{ ...pump, time: Float64Array.of(5, 6, 9) }]],
    ['an id', [{ ...pump, id: 'pump-2' }]],
    ['the order of features', [{ ...pump, features: pump.features.toReversed() }]],
    ['labels', [{ ...pump, labels: new Uint8Array(3) }]],
    ['a series more', [pump, pump]],
    ['rows cut elsewhere', [{ ...pump, time: pump.time.subarray(0, 1), values: pump.values.subarray(0, 2) }]],
  ])('differs with %s', (_, series) => {
    expect(seriesDigest(series).sha256).not.toBe(seriesDigest([pump]).sha256);
  });

  it('tells of no rows', () => {
    expect(seriesDigest([])).toMatchObject({ series: 0, rows: 0, from: null, to: null });
  });

  it.each([[undefined], [pump], [[null]], [[{ id: 'a' }]]])('refuses %o', (series) => {
    expect(() => seriesDigest(series as never)).toThrow(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
});

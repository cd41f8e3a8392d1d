import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Curve, sampleExtremes } from './sample-extremes.ts';

const indexTime = (rows: number): Float64Array => Float64Array.from({ length: rows }, (_, row) => row);
const finite = ({ values }: Curve): number[] => values.filter((value) => !Number.isNaN(value));

describe('sampleExtremes', () => {
  it('keeps a curve of two points a column whole', () => {
    const curve = sampleExtremes([0, 1, 2, 3], [5, Number.NaN, 7, 6], { columns: 2 });
    expect(curve).toEqual({ time: [0, 1, 2, 3], values: [5, Number.NaN, 7, 6] });
  });

  it('keeps the lowest and the highest of each column, in the order of time', () => {
    const values = [1, 9, 0, 4, 4, 3, 2, 2.5, 8, 7];
    expect(sampleExtremes(indexTime(10), values, { columns: 2 })).toEqual({
      time: [1, 2, 6, 8],
      values: [9, 0, 2, 8],
    });
  });

  it('keeps both ends of the breaks of a column', () => {
    const values = [1, Number.NaN, 9, 0, Number.NaN, 4, 4, 4];
    const { values: kept } = sampleExtremes(indexTime(8), values, { columns: 1 });
    expect(kept).toEqual([Number.NaN, 9, 0, Number.NaN]);
  });

  it('breaks the line where a step is longer than maxGap', () => {
    const curve = sampleExtremes([0, 1, 5, 6], [1, 2, 3, 4], { columns: 100, maxGap: 3 });
    expect(curve).toEqual({ time: [0, 1, 5, 5, 6], values: [1, 2, Number.NaN, 3, 4] });
  });

  it('holds rows that share one time in a single column', () => {
    expect(sampleExtremes(new Float64Array(9), indexTime(9), { columns: 4 }).values).toEqual([0, 8]);
  });

  it('never loses an extreme, never invents a point, and stays within four points a column', () => {
    const cell = fc.oneof(
      { weight: 5, arbitrary: fc.double({ min: -1e6, max: 1e6 }) },
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), cell), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, columns) => {
          let clock = 0;
          const time = rows.map(([step]) => (clock += step));
          const values = rows.map(([, value]) => value);
          const curve = sampleExtremes(time, values, { columns });
          const known = values.filter((value) => !Number.isNaN(value));
          expect(Math.max(...finite(curve))).toBe(Math.max(...known));
          expect(Math.min(...finite(curve))).toBe(Math.min(...known));
          const rowsSeen = new Set(time.map((at, row) => `${at} ${values[row]}`));
          expect(curve.time.every((at, point) => rowsSeen.has(`${at} ${curve.values[point]}`))).toBe(true);
          expect(curve.time).toEqual(curve.time.toSorted((a, b) => a - b));
          expect(curve.time.length).toBeLessThanOrEqual(4 * columns);
        },
      ),
    );
  });

  it('draws no line across a missing stretch that is wider than a column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 880 }), fc.integer({ min: 21, max: 100 }), (from, length) => {
        const values = Float64Array.from(indexTime(1000), (row) =>
          row >= from && row < from + length ? Number.NaN : Math.sin(row),
        );
        const curve = sampleExtremes(indexTime(1000), values, { columns: 100 });
        const bridged = curve.time.some((at, point) => {
          const next = point + 1 < curve.time.length ? point + 1 : point;
          const both = !Number.isNaN(curve.values[point]!) && !Number.isNaN(curve.values[next]!);
          return both && at < from && curve.time[next]! >= from + length;
        });
        expect(bridged).toBe(false);
      }),
    );
  });
});

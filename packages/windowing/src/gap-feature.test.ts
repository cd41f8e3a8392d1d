import { describe, expect, it } from 'vitest';
import { addGapFeature, createSeries, type GapFeatureOptions } from './index.ts';

const series = createSeries({
  id: 'a',
  features: ['x', 'y'],
  time: [100, 101, 103, 113],
  values: [1, 0, 3, 4, 5, 6, 7, 8],
  observed: [1, 0, 1, 1, 1, 1, 1, 1],
  labels: [0, 1, 0, 0],
});

describe('addGapFeature', () => {
  it('appends the time since the row before, 0 in the first row, and keeps all else', () => {
    const before = structuredClone(series);
    expect(addGapFeature([series])).toEqual([
      {
        ...series,
        features: ['x', 'y', 'gap'],
        values: Float64Array.of(1, Number.NaN, 0, 3, 4, 1, 5, 6, 2, 7, 8, 10),
        observed: Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
      },
    ]);
    expect(series).toEqual(before);
  });

  it('takes the logarithm of 1 more, and begins anew after a gap', () => {
    const [appended] = addGapFeature([series], { log: true, maxGap: 5 });
    expect(appended!.features.at(-1)).toBe('log_gap');
    expect([...appended!.values].filter((_, cell) => cell % 3 === 2)).toEqual([
      0,
      Math.log(2),
      Math.log(3),
      0,
    ]);
  });

  it.each([
    ['series', [series, { ...series, features: ['x', 'gap'] }].slice(1), {}],
    ['options', [series], { logarithm: true }],
    ['maxGap', [series], { maxGap: 0 }],
  ])('refuses a wrong `%s`', (argument, list, options) => {
    expect(() => addGapFeature(list, options as GapFeatureOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

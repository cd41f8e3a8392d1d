import { describe, expect, it } from 'vitest';
import { addMaskFeatures, addTimeSinceSeen, createSeries, resample } from './index.ts';

describe('addTimeSinceSeen', () => {
  it('gives the δ of the example of Che et al. (2018), figure 2', () => {
    const masks = [
      [1, 1, 0, 1, 0, 1, 1],
      [0, 1, 1, 0, 0, 0, 1],
    ];
    const rows = masks[0]!.length;
    const series = createSeries({
      id: 'a',
      features: ['x', 'y'],
      time: [0, 0.1, 0.6, 1.6, 2.2, 2.5, 3.1],
      values: new Float64Array(2 * rows),
      observed: Array.from({ length: 2 * rows }, (_, cell) => masks[cell % 2]![Math.floor(cell / 2)]!),
    });
    const [aged] = addTimeSinceSeen([series]);
    expect(aged!.features).toEqual(['x', 'y', 'x_age', 'y_age']);
    const column = (k: number) =>
      Array.from({ length: rows }, (_, row) => aged!.values[row * 4 + k]!.toFixed(1));
    expect(column(2)).toEqual(['0.0', '0.1', '0.5', '1.5', '0.6', '0.9', '0.6']);
    expect(column(3)).toEqual(['0.0', '0.1', '0.5', '1.0', '1.6', '1.9', '2.5']);
  });
});

describe('addMaskFeatures', () => {
  const series = createSeries({
    id: 'a',
    features: ['x'],
    time: [0, 30],
    values: [1, 0],
    observed: [1, 0],
  });

  it('appends 1 where a cell was observed and 0 where it is missing', () => {
    const [masked] = addMaskFeatures([series]);
    expect(masked).toMatchObject({ features: ['x', 'x_seen'], observed: Uint8Array.of(1, 1, 0, 1) });
    expect(masked!.values).toEqual(Float64Array.of(1, 1, Number.NaN, 0));
    const { observed: _, ...whole } = series;
    expect(addMaskFeatures([{ ...whole, values: Float64Array.of(4, 5) }])[0]!.values).toEqual(
      Float64Array.of(4, 1, 5, 1),
    );
  });

  it('tells filled cells of a grid from measured ones', () => {
    const [masked] = addMaskFeatures(resample([series], { every: 10 }));
    expect(masked!.values).toEqual(Float64Array.of(1, 1, 1, 0, 1, 0, 1, 0));
    expect(masked).not.toHaveProperty('observed');
  });
});

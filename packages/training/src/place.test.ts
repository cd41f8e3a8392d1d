import { createSeries, slidingWindows } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { describePlace, placeOf } from './place.ts';

const rows = 8;
const series = createSeries({
  id: 'pump',
  features: ['flow', 'current'],
  time: Float64Array.from({ length: rows }, (_, row) => 60 * row),
  values: new Float64Array(rows * 2),
});

describe('placeOf(windows, indices, position, part)', () => {
  it('finds the row, time and feature of an element of the input', () => {
    const windows = slidingWindows([series], { lookback: 3 });
    // Second window of the batch, third step, second feature: row 4 + 2.
    expect(placeOf(windows, [0, 4], 2 * 3 + 2 * 2 + 1, 'input')).toEqual({
      series: 'pump',
      row: 6,
      time: 360,
      feature: 'current',
    });
  });

  it('counts the rows of a target from the end of the input and over the shift', () => {
    const windows = slidingWindows([series], { lookback: 3, horizon: 2, shift: 1 });
    expect(placeOf(windows, [1], 2, 'target')).toMatchObject({ row: 1 + 3 + 1 + 1, feature: 'flow' });
  });

  it('takes padding for the first row of its window', () => {
    const windows = slidingWindows([series], { lookback: 10, minRows: 4 });
    expect(placeOf(windows, [0], 0, 'input').row).toBe(0);
    expect(placeOf(windows, [0], 2 * 9, 'input').row).toBe(7);
  });
});

describe('describePlace(place)', () => {
  it('says it in words, the time where there is one', () => {
    const place = { series: 'pump', row: 6, feature: 'flow' };
    expect(describePlace(place)).toBe('`flow` at row 6 of series `pump`');
    expect(describePlace({ ...place, time: 360 })).toBe('`flow` at row 6 (time 360) of series `pump`');
  });
});

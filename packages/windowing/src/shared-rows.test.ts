import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import {
  arrayWindows,
  blockedFolds,
  createSeries,
  fitScaler,
  holdOutTail,
  scale,
  sharedRows,
  sliceSeries,
  slidingWindows,
  splitByEntity,
  splitByTime,
} from './index.ts';

const time = [0, 10, 20, 30, 40, 50];
const whole = createSeries({ id: 'a', features: ['x'], time, values: time });

describe('sharedRows', () => {
  it('finds the rows that parts have in common, scaled or not', () => {
    const test = scale([sliceSeries(whole, 2, 6)], fitScaler([whole]));
    expect(sharedRows([sliceSeries(whole, 0, 4)], test)).toEqual([{ id: 'a', count: 2, time: 20 }]);
    expect(sharedRows([sliceSeries(whole, 0, 2)], test)).toEqual([]);
    expect(sharedRows([{ ...whole, id: 'b' }], test)).toEqual([]);
    expect(sharedRows([], test)).toEqual([]);
  });

  it('finds the rows that windows reach, not those that they could', () => {
    const windows = slidingWindows([whole], { lookback: 2, horizon: 1, stride: 3 });
    expect(windows.length).toBe(2);
    const early = slidingWindows([whole], { lookback: 2, stride: 10 });
    expect(sharedRows(early, windows)).toEqual([{ id: 'a', count: 2, time: 0 }]);
    expect(
      sharedRows(slidingWindows([whole], { lookback: 4, stride: 9 }), [sliceSeries(whole, 4, 6)]),
    ).toEqual([]);
  });

  it('finds none in what the splits of this package make, unless rows share a time', () => {
    const distinct = arbitrarySeries().map((series) =>
      series.map((each) => ({ ...each, time: each.time.map((moment, row) => moment + row) })),
    );
    const purge = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(distinct, purge, arbitrarySpec(), (series, rows, spec) => {
        for (const { train, calibration, test } of [
          splitByTime(series, { train: 0.5, calibration: 0.2, purge: rows }),
          splitByEntity(series, { train: 0.5, calibration: 0.2 }),
        ]) {
          expect(sharedRows(train, test)).toEqual([]);
          expect(sharedRows(train, calibration)).toEqual([]);
          expect(sharedRows(calibration, test)).toEqual([]);
        }
        for (const { train, test } of blockedFolds(series, { folds: 3, purge: rows })) {
          expect(sharedRows(train, test)).toEqual([]);
        }
        const windows = slidingWindows(series, spec);
        try {
          const { train, validation } = holdOutTail(windows, 0.4);
          expect(sharedRows(train, validation)).toEqual([]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'RETRACE_TOO_FEW_WINDOWS' });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses windows that arrived as arrays (`RETRACE_NO_ROWS`)', () => {
    const windows = arrayWindows({ input: [1, 2], shape: [1, 2, 1] });
    expect(() => sharedRows([whole], windows)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_NO_ROWS' }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import {
  arrayWindows,
  createSeries,
  holdOutTail,
  type Series,
  slidingWindows,
  subsetWindows,
  type Windows,
} from './index.ts';

function counter(rows: number): Series {
  const time = Array.from({ length: rows }, (_, row) => row);
  return createSeries({ id: `rows ${rows}`, features: ['x'], time, values: time });
}

function rowsOf(windows: Windows): number[] {
  return Array.from({ length: windows.length }, (_, index) => windows.origin(index).row);
}

describe('holdOutTail', () => {
  it('holds out the last windows and drops those that share a row with them', () => {
    const { train, validation } = holdOutTail(slidingWindows([counter(12)], { lookback: 3 }), 0.2);
    expect(rowsOf(validation)).toEqual([8, 9]);
    expect(rowsOf(train)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('counts the rows of the target too', () => {
    const spec = { lookback: 2, horizon: 1, shift: 1 };
    const { train, validation } = holdOutTail(slidingWindows([counter(13)], spec), 0.2);
    expect(rowsOf(validation)).toEqual([8, 9]);
    expect(rowsOf(train)).toEqual([0, 1, 2, 3, 4]);
  });

  it('holds out every tenth of many series of one window', () => {
    const windows = slidingWindows(
      Array.from({ length: 100 }, () => counter(3)),
      { lookback: 3 },
    );
    const { train, validation } = holdOutTail(windows, 0.1);
    expect([train.length, validation.length]).toEqual([90, 10]);
  });

  it('passes over series too short for a window', () => {
    const windows = slidingWindows([counter(1), counter(10), counter(1)], { lookback: 2 });
    const { train, validation } = holdOutTail(windows, 0.2);
    expect([rowsOf(train), rowsOf(validation)]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [7, 8],
    ]);
  });

  it('takes the last of windows that arrived as arrays', () => {
    const windows = arrayWindows({ input: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], shape: [10, 1, 1] });
    const { train, validation } = holdOutTail(windows, 0.3);
    expect([...validation.batch([0, 1, 2]).input]).toEqual([7, 8, 9]);
    expect(train.length).toBe(7);
  });

  it('goes by time, not by the order of a subset', () => {
    const windows = slidingWindows([counter(10)], { lookback: 1 });
    const { validation } = holdOutTail(subsetWindows(windows, [9, 1, 8, 0, 2, 3, 4, 5, 6, 7]), 0.2);
    expect(rowsOf(validation)).toEqual([8, 9]);
  });

  it('never leaves a row in both parts, and loses no window held out', () => {
    const cases = fc.tuple(
      arbitrarySeries({ maxRows: 40 }),
      arbitrarySpec(),
      fc.double({ min: 0.05, max: 0.5, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([series, spec, fraction]) => {
        const windows = slidingWindows(series, spec);
        let parts: ReturnType<typeof holdOutTail>;
        try {
          parts = holdOutTail(windows, fraction);
        } catch (error) {
          expect(error).toMatchObject({ code: 'RETRACE_TOO_FEW_WINDOWS' });
          return;
        }
        const { train, validation } = parts;
        expect(Math.abs(validation.length - fraction * windows.length)).toBeLessThanOrEqual(0.5 + 1e-9);
        const cells = (of: Windows) => {
          const batch = of.batch(Array.from({ length: of.length }, (_, index) => index));
          return new Set([...batch.input, ...(batch.target ?? [])].filter((value) => value !== 0));
        };
        const held = cells(validation);
        expect([...cells(train)].filter((value) => held.has(value))).toEqual([]);
      }),
    );
  });

  it('says when nothing is left to train or to validate on (`RETRACE_TOO_FEW_WINDOWS`)', () => {
    const windows = slidingWindows([counter(12)], { lookback: 8 });
    expect(() => holdOutTail(windows, 0.2)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_TOO_FEW_WINDOWS',
        details: { windows: 5, fraction: 0.2, train: 0, validation: 1 },
      }),
    );
    expect(() => holdOutTail(windows, 0.01)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_TOO_FEW_WINDOWS' }),
    );
  });

  it.each([0, 1, -0.1, Number.NaN, '0.1'])('refuses a fraction of %s', (fraction) => {
    expect(() =>
      holdOutTail(slidingWindows([counter(12)], { lookback: 1 }), fraction as number),
    ).toThrowError(expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }));
  });
});

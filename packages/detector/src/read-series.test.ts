import { createSeries, fitScaler, runs, type Series } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitReaderScorer } from './fit-reader-scorer.ts';
import { readSeries } from './read-series.ts';
import { rowAggregates } from './row-aggregator.ts';
import type { WindowReader } from './window-reader.ts';

const features = ['a', 'b'];
const unscaled = {
  ...fitScaler([seriesOf([0, 0, 1, 1])], { kind: 'standard' }),
  center: [0, 0],
  scale: [1, 1],
};

function seriesOf(values: readonly number[], time?: readonly number[]): Series {
  const rows = values.length / 2;
  return createSeries({
    id: 's',
    features,
    time: Float64Array.from({ length: rows }, (_, row) => time?.[row] ?? row),
    values: Float64Array.from(values),
  });
}

/** Predicts that every row out is the last row in, and retraces every row in by the mean of all cells. */
const persistence: WindowReader = {
  outputs: [
    { name: 'reconstruction', columns: features, rows: 'in', variance: false },
    { name: 'prediction', columns: features, rows: 'out', variance: false },
  ],
  async read({ size, input, target }) {
    const [inWidth, outWidth] = [input.length / size, target!.length / size];
    const drawn = [
      input.map((_, cell) => {
        const window = input.subarray(Math.floor(cell / inWidth) * inWidth).subarray(0, inWidth);
        return window.reduce((sum, value) => sum + value, 0) / inWidth;
      }),
      target!.map((_, cell) => input[(Math.floor(cell / outWidth) + 1) * inWidth - 2 + (cell % 2)]!),
    ];
    return drawn.map((values) => ({ values }));
  },
};
const predictionOnly: WindowReader = {
  outputs: [persistence.outputs[1]!],
  read: async (batch) => [(await persistence.read(batch))[1]!],
};
const options = {
  scaler: unscaled,
  aggregate: undefined,
  batchSize: 2,
  kinds: ['mae', 'mae'] as const,
  pace: async () => {},
};

describe('readSeries', () => {
  it('lays a prediction on the rows out: persistence leaves the step from the row before', async () => {
    const series = seriesOf([1, 0, 2, 0, 4, 0, 8, 0, 16, 1]);
    const reading = await readSeries(predictionOnly, series, {
      ...options,
      windows: { lookback: 2, horizon: 1 },
    });
    expect([...reading.residuals[0]!]).toEqual([NaN, NaN, NaN, NaN, 2, 0, 4, 0, 8, 1]);
    expect([...reading.reconstruction.subarray(4)]).toEqual([2, 0, 4, 0, 8, 0]);
    expect([...reading.coverage]).toEqual([0, 0, 1, 1, 1]);
  });

  it('averages a prediction over the windows whose rows out cover a row, with a shift and within runs', async () => {
    const series = seriesOf(
      [1, 0, 2, 0, 4, 0, 8, 0, 16, 0, 100, 0, 200, 0, 300, 0],
      [0, 1, 2, 3, 4, 50, 51, 52],
    );
    const windows = { lookback: 2, horizon: 2, shift: -1, maxGap: 5 };
    const reading = await readSeries(predictionOnly, series, { ...options, windows });
    // Window r, r+1 predicts rows r+1 and r+2 as row r+1.
    const drawn = [NaN, 2, (2 + 4) / 2, (4 + 8) / 2, 8, NaN, 200, 200];
    expect([...reading.reconstruction].filter((_, cell) => cell % 2 === 0)).toEqual(drawn);
    expect([...reading.coverage]).toEqual([0, 1, 2, 2, 1, 0, 1, 1]);
  });

  it('lays no padding on the run before', async () => {
    const series = seriesOf([1, 0, 2, 0, 4, 0, 8, 0, 16, 0], [0, 1, 2, 50, 51]);
    const windows = { lookback: 3, horizon: 1, shift: -2, minRows: 2, maxGap: 5 };
    const reading = await readSeries(persistence, series, { ...options, windows });
    expect([...reading.coverage]).toEqual([1, 1, 1, 1, 1]);
    expect([...reading.residuals[0]!.subarray(0, 6)]).toEqual(
      [1, 0, 2, 0, 4, 0].map((cell) => cell - Math.fround(7 / 6)),
    );
  });

  it('lays no prediction on padding', async () => {
    const windows = { lookback: 4, horizon: 2, shift: -3, minRows: 2 };
    const reading = await readSeries(predictionOnly, seriesOf([1, 0, 2, 0]), { ...options, windows });
    // Two steps of padding, rows in 0 and 1; rows out begin at the second step of padding.
    expect([...reading.coverage]).toEqual([1, 0]);
    expect([...reading.reconstruction]).toEqual([2, 0, NaN, NaN]);
  });

  it('refuses a reader that returns another number of values', async () => {
    const short: WindowReader = { ...predictionOnly, read: async () => [{ values: new Float32Array(3) }] };
    const reading = readSeries(short, seriesOf([1, 0, 2, 0, 4, 0]), {
      ...options,
      windows: { lookback: 2, horizon: 1 },
    });
    await expect(reading).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument: 'prediction' },
    });
  });
});

describe('a score', () => {
  it('depends on no row after the last window that covers it', async () => {
    const value = fc.integer({ min: -50, max: 50 });
    const spec = fc.record({
      lookback: fc.integer({ min: 1, max: 4 }),
      horizon: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      aggregate: fc.constantFrom(...rowAggregates),
      values: fc.array(value, { minLength: 32, maxLength: 32 }),
      changed: fc.array(value, { minLength: 32, maxLength: 32 }),
      from: fc.integer({ min: 1, max: 15 }),
    });
    const calibration = [seriesOf(Array.from({ length: 60 }, (_, k) => 10 * Math.sin(k ** 2)))];
    await fc.assert(
      fc.asyncProperty(spec, async ({ lookback, horizon, stride, aggregate, values, changed, from }) => {
        const windows = { lookback, horizon, stride };
        const fitting = { calibration, windows, scaler: unscaled, aggregate };
        const scorer = await fitReaderScorer(persistence, {
          ...fitting,
          scorer: { smoothing: { kind: 'ewma', halfLife: 2 } },
        });
        const before = seriesOf(values);
        const after = seriesOf(values.map((old, cell) => (cell < from * 2 ? old : changed[cell]!)));
        const [one, other] = [await scorer.score(before), await scorer.score(after)];
        const reach = reachOf(before, { ...windows, aggregate });
        for (let row = 0; row < 16; row++) {
          // Smoothing lets a row depend on what earlier rows depend on.
          if (Math.max(...reach.slice(0, row + 1)) < from) expect(other.scores[row]).toBe(one.scores[row]);
        }
        expect(reach.some((last) => last < from) || from <= lookback + horizon + stride).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

/** `[rows]`, the last row of the last window that says anything of each row; by 'first', of the first. */
function reachOf(
  series: Series,
  {
    lookback,
    horizon,
    stride,
    aggregate,
  }: { lookback: number; horizon: number; stride: number; aggregate: string },
): number[] {
  const rows = runs(series)[0]![1];
  const span = lookback + horizon;
  const starts = Array.from({ length: Math.floor((rows - span) / stride) + 1 }, (_, k) => k * stride);
  if (starts.at(-1)! + span < rows) starts.push(rows - span);
  return Array.from({ length: rows }, (_, row) => {
    const ends = [
      [0, lookback],
      [lookback, span],
    ].map(([from, to]) => {
      const covering = starts.filter((start) => start + from! <= row && row < start + to!);
      if (covering.length === 0) return row;
      return (aggregate === 'first' ? covering[0]! : covering.at(-1)!) + span - 1;
    });
    return Math.max(...ends);
  });
}

import {
  arrayWindows,
  createSeries,
  fitScaler,
  normalWindows,
  type Series,
  scale,
  slidingWindows,
} from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { trainingRuns } from './training-runs.ts';

/** Values that name their row and feature, a gap before row 6, row 9 labelled and a cell missing. */
const series = createSeries({
  id: 's',
  features: ['a', 'b'],
  time: Float64Array.from({ length: 16 }, (_, row) => row + (row >= 6 ? 100 : 0)),
  values: Float64Array.from({ length: 32 }, (_, cell) => (cell === 5 ? Number.NaN : cell)),
  observed: Uint8Array.from({ length: 32 }, (_, cell) => Number(cell !== 5)),
  labels: Uint8Array.from({ length: 16 }, (_, row) => Number(row === 9)),
});
const timesOf = (pieces: readonly Series[]) => pieces.map(({ time }) => [...time]);
const spec = { lookback: 3, maxGap: 10 };

describe('trainingRuns', () => {
  it('gives back the scaled rows, cut at gaps', () => {
    const scaler = fitScaler([series], { kind: 'standard' });
    const pieces = trainingRuns(slidingWindows([series], spec, { scaler }), series.features);
    expect(timesOf(pieces)).toEqual([[...series.time.subarray(0, 6)], [...series.time.subarray(6)]]);
    const values = scale([series], scaler)[0]!.values;
    expect(pieces.flatMap((piece) => [...piece.values])).toEqual([...Float32Array.from(values)]);
    expect(pieces[0]!.observed?.indexOf(0)).toBe(5);
  });

  it('leaves out the rows that no window reaches, at ends and around labels', () => {
    const strided = slidingWindows([series], { ...spec, stride: 2 });
    expect(timesOf(trainingRuns(strided, series.features))).toEqual([
      [0, 1, 2, 3, 4],
      [106, 107, 108, 109, 110, 111, 112, 113, 114],
    ]);
    const normal = normalWindows(slidingWindows([series], spec));
    expect(timesOf(trainingRuns(normal, series.features))).toEqual([
      [0, 1, 2, 3, 4, 5],
      [106, 107, 108],
      [110, 111, 112, 113, 114, 115],
    ]);
  });

  it('takes no padding for rows', () => {
    const padded = slidingWindows([series], { lookback: 8, minRows: 4, maxGap: 10 });
    const [first] = trainingRuns(padded, series.features);
    expect([...first!.values.subarray(0, 5)]).toEqual([0, 1, 2, 3, 4]);
    expect(first!.time).toHaveLength(6);
  });

  it('takes each window that arrived as an array for a run, under the names given', () => {
    const windows = arrayWindows({ input: [1, 2, 3, 4], shape: [2, 2, 1] });
    const pieces = trainingRuns(windows, ['a']);
    expect(pieces.map(({ features, values }) => [features, [...values]])).toEqual([
      [['a'], [1, 2]],
      [['a'], [3, 4]],
    ]);
  });

  it('gathers few of the windows that overlap', () => {
    const long = createSeries({
      id: 'l',
      features: ['a'],
      time: Float64Array.from({ length: 500 }, (_, row) => row),
      values: Float64Array.from({ length: 500 }, (_, row) => row),
    });
    const windows = slidingWindows([long], { lookback: 20 });
    let gathered = 0;
    const counting = {
      ...windows,
      batch: (indices: ArrayLike<number>) => {
        gathered += indices.length;
        return windows.batch(indices);
      },
    };
    expect(trainingRuns(counting, ['a'])[0]!.values).toEqual(long.values);
    expect(gathered).toBe(25);
  });
});

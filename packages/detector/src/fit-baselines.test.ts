import { createRandom } from '@retrace/random';
import { processPca } from '@retrace/scoring';
import {
  arrayWindows,
  createSeries,
  fitScaler,
  type Series,
  scale,
  slidingWindows,
} from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { evaluate, fitBaselines } from './index.ts';

/** A wave with noise and a step in one feature from row 250 to 260, labelled. */
function wave(id: string, seed: number, rows: number, anomalous = false): Series {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: rows }, (_, row) => Number(anomalous && row >= 250 && row < 260));
  return createSeries({
    id,
    features: ['a', 'b'],
    time: Float64Array.from({ length: rows }, (_, row) => row),
    values: Float64Array.from({ length: 2 * rows }, (_, cell) => {
      const row = Math.floor(cell / 2);
      const level = cell % 2 ? 50 + 10 * Math.cos(row / 5) : 3 * Math.sin(row / 5);
      return level + 0.1 * random.normal() + (cell % 2 && labels[row] ? 40 : 0);
    }),
    labels,
  });
}

const train = [wave('t', 1, 400), wave('u', 2, 400)];
const calibration = [wave('c', 3, 400)];
const strange = wave('s', 4, 400, true);
const scaler = fitScaler(train, { kind: 'standard' });
const windows = { lookback: 12, maxGap: 5 };
const options = { calibration, windows, scaler };
const inputs = slidingWindows(train, windows, { scaler });
const names = [
  'last value',
  'mean distance',
  'PCA',
  'moving mean',
  'windowed Gaussian',
  'T² or SPE',
  'VAR(5)',
  'sub-sequence PCA',
  'discord',
];

describe('fitBaselines', () => {
  it('fits every baseline, and each finds the labelled step', async () => {
    const warnings: string[] = [];
    const baselines = await fitBaselines(inputs, { ...options, onWarning: (text) => warnings.push(text) });
    expect([...baselines.keys()]).toEqual(names);
    expect(warnings).toEqual([]);
    for (const [name, scorer] of baselines) {
      const { rocAuc, rows, events } = await evaluate(scorer, [strange]);
      expect(rows).toBe(400);
      // Little for those that see no more than the ends of a step.
      expect([name, rocAuc! > 0.5]).toEqual([name, true]);
      expect([name, events.tp]).toEqual([name, 1]);
    }
  });

  it('blames the feature that departs, by rows that are scored without a reconstruction', async () => {
    const scorer = (await fitBaselines(inputs, options)).get('VAR(5)')!;
    const scores = await scorer.score(strange);
    expect(scores.coverage.every((count) => count === 1)).toBe(true);
    expect(scores.reconstruction.every(Number.isNaN)).toBe(true);
    const worst = (await scorer.detect(strange)).sort((a, b) => b.peak - a.peak)[0]!;
    expect(worst).toMatchObject({ firstRow: 250, blame: [{ feature: 'b' }, {}] });
    expect(scorer.anomaliesIn(scores)).toHaveLength((await scorer.detect(strange)).length);
  });

  it('scores as a baseline that is fitted on the scaled training rows', async () => {
    const scorer = (await fitBaselines(inputs, options)).get('T² or SPE')!;
    const [scaled] = scale([strange], scaler);
    const expected = processPca(scale(train, scaler)).score(scaled!);
    const found = await scorer.score(strange);
    for (const [row, score] of found.scores.entries()) {
      // The windows hold float32.
      expect(Math.abs(score / expected.scores[row]! - 1)).toBeLessThan(1e-3);
      expect(found.contributions[2 * row]! + found.contributions[2 * row + 1]!).toBeCloseTo(score, 8);
    }
  });

  it('sets thresholds on calibration rows that are not labelled, and crosses no gap', async () => {
    const q = { kind: 'quantile', q: 1 } as const;
    const fitted = async (series: readonly Series[]) => {
      const scorers = await fitBaselines(inputs, { ...options, calibration: series, threshold: q });
      return scorers.get('T² or SPE')!;
    };
    const unlabelled = { ...wave('c', 4, 400, true), labels: new Uint8Array(400) };
    const [labelled, poisoned] = [await fitted([strange]), await fitted([unlabelled])];
    expect(labelled.state.threshold.rows).toBe(390);
    const [lower, higher] = [await labelled.score(strange), await poisoned.score(strange)];
    expect(lower.thresholds[0]).toBeLessThan(higher.thresholds[0]! / 10);
    expect(lower.flags[250]).toBe(1);
    const scorer = (await fitBaselines(inputs, options)).get('discord')!;
    const late = strange.time.map((time, row) => time + (row >= 390 ? 100 : 0));
    const { scores } = await scorer.score({ ...strange, time: late });
    expect(scores.findIndex(Number.isNaN)).toBe(390);
    const cut = strange.time.map((time, row) => time + (row >= 255 ? 100 : 0));
    const found = await labelled.detect({ ...strange, time: cut });
    expect(found.map(({ firstRow, lastRow }) => [firstRow, lastRow])).toEqual([
      [250, 254],
      [255, 259],
    ]);
  });

  it('smooths the scores of rows as it does those of windows', async () => {
    const smoothing = { kind: 'ewma', halfLife: 5 } as const;
    const [plain, smooth] = await Promise.all(
      [{}, { scorer: { smoothing } }].map(async (more) => {
        const scorer = (await fitBaselines(inputs, { ...options, ...more })).get('VAR(5)')!;
        return (await scorer.score(strange)).scores;
      }),
    );
    const decay = 0.5 ** (1 / 5);
    expect(smooth![0]).toBeCloseTo(plain![0]!, 10);
    expect(smooth![1]).toBeCloseTo((plain![1]! + decay * plain![0]!) / (1 + decay), 10);
  });

  it('leaves out, and tells of, baselines that the rows are too short for', async () => {
    const warnings: string[] = [];
    const short = { lookback: 4, maxGap: 5 };
    const cut = train.map((series) => ({
      ...series,
      time: series.time.map((time) => time + 10 * Math.floor(time / 5)),
    }));
    const baselines = await fitBaselines(slidingWindows(cut, short, { scaler }), {
      ...options,
      windows: short,
      onWarning: (text) => warnings.push(text),
    });
    expect([...baselines.keys()]).toEqual(names.slice(0, 6));
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatch(/VAR\(5\) is left out: it needs runs of 6.*has 5 rows/);
  });

  it('takes windows that arrived as arrays', async () => {
    const input = inputs.batch(Array.from({ length: 60 }, (_, index) => 12 * (index % 30))).input;
    const arrays = arrayWindows({ input, shape: [60, 12, 2] });
    expect([...(await fitBaselines(arrays, options)).keys()]).toEqual(names);
  });
});

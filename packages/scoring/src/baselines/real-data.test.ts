import { describe, expect, it } from 'vitest';
import { seriesOf } from '../../fixtures/golden-baselines.ts';
import { dataFolder, numbersOf, standardised } from '../../fixtures/real-series.ts';
import { averagePrecision } from '../metrics/average-precision.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { createSmoother } from '../scores/smoother.ts';
import { discord } from './discord.ts';
import { processPca } from './process-pca.ts';
import { vectorAutoregression } from './vector-autoregression.ts';

/** Figures of the same methods by numpy, which differ in the ridge, the threshold or the split. */
describe.skipIf(!dataFolder)('baselines on real data', () => {
  it('VAR(5), smoothed, has an average precision of about 0.40 over three hosts of ASD', () => {
    const precisions = [1, 3, 5].map((host) => {
      const test = numbersOf(`asd/omi-${host}_test.csv.gz`);
      const labels = test.map((row) => row[19]!);
      const [train, scored] = standardised(
        numbersOf(`asd/omi-${host}_train.csv.gz`),
        test.map((row) => row.slice(0, 19)),
      );
      const { scores } = vectorAutoregression([train!]).score(scored!);
      const smoother = createSmoother({ kind: 'ewma', halfLife: 5 }, 1);
      for (const row of scores.keys()) smoother.smooth(scores.subarray(row, row + 1));
      return averagePrecision([{ scores, labels }])!;
    });
    expect(Math.abs(precisions.reduce((sum, value) => sum + value, 0) / 3 - 0.4)).toBeLessThan(0.03);
  });

  it('T² or SPE of 12 components detects a quarter of fault 5 of TEP after its onset, at few false alarms', () => {
    const [train, normal, fault] = standardised(
      ...['d00_train', 'd00_test', 'd05_test'].map((name) => numbersOf(`tep/${name}.csv.gz`)),
    );
    const baseline = processPca([train!], { components: 12 });
    const threshold = baseline.score(normal!).scores.sort()[Math.floor(0.99 * 960)]!;
    const { scores } = baseline.score(fault!);
    const share = (rows: Float64Array) => rows.filter((score) => score > threshold).length / rows.length;
    expect(Math.abs(share(scores.subarray(160)) - 0.27)).toBeLessThan(0.03);
    expect(share(scores.subarray(0, 160))).toBeLessThan(0.02);
  });

  it('discord tells the abnormal beats of ECG5000 by the nearest normal one', () => {
    const beats = numbersOf('ecg5000/train500.csv.gz');
    const seriesOfBeat = (beat: readonly number[]) => seriesOf(beat.slice(1), 1);
    const normal = beats.filter(([kind]) => kind === 1);
    const baseline = discord(normal.slice(0, 150).map(seriesOfBeat), { length: 140, maxCells: 21_000 });
    const tested = [...normal.slice(150), ...beats.filter(([kind]) => kind !== 1)];
    const scores = tested.map((beat) => baseline.score(seriesOfBeat(beat)).scores[0]!);
    expect(rocAuc([{ scores, labels: tested.map(([kind]) => Number(kind !== 1)) }])).toBeGreaterThan(0.985);
  });

  it('discord finds the anomaly of UCR 135 within 100 rows', () => {
    const values = numbersOf('ucr-anomaly/135_UCR_Anomaly_InternalBleeding16_1200_4187_4199.txt');
    const [train, test] = standardised(values.slice(0, 1200), values.slice(1200));
    const { scores } = discord([train!], { length: 150 }).score(test!);
    const worst = 1200 + scores.indexOf(Math.max(...scores));
    expect(worst).toBeGreaterThan(4087);
    expect(worst).toBeLessThan(4299);
  });
});

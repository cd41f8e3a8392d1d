import { loadDetector } from '@retrace/detector';
import { startWasm } from '@retrace/runtime-wasm';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import type { Series } from '@retrace/windowing';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { base, data, wave } from '../../fixtures/waves.ts';
import { fitEnsemble, loadEnsemble, trainOne } from '../index.ts';

const { calibration } = data;
const [series] = data.test as [Series];
const windows = { lookback: 6, maxGap: 10 };
let files: Uint8Array[];

beforeAll(async () => {
  await startWasm({ threads: 1 });
  files = [];
  for (const seed of [1, 2, 3])
    files.push((await trainOne({ ...base, windows, seed, scorer: { kind: 'mse' } }, data)).file);
});

/** The scores of each file's detector. */
async function scoresOf(series: Series): Promise<Float64Array[]> {
  const all = [];
  for (const file of files) {
    const detector = await loadDetector(file);
    all.push((await detector.score(series)).scores);
    detector.dispose();
  }
  return all;
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b) / values.length;
const deviation = (values: ArrayLike<number>, lost = 0) =>
  Math.sqrt(
    Array.from(values).reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - lost),
  );
const quantile = (values: number[], q: number) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = q * (sorted.length - 1);
  return sorted[Math.floor(at)]! + (at % 1) * (sorted[Math.ceil(at)]! - sorted[Math.floor(at)]!);
};

describe('fitEnsemble(files, { calibration })', () => {
  it('scores by the mean of scores over their own deviation in calibration, with its spread', async () => {
    const ensemble = await fitEnsemble(files, { calibration, threshold: { q: 0.9 } });
    const calibrated = [await scoresOf(calibration[0]!), await scoresOf(calibration[1]!)];
    const scales = files.map((_, k) => deviation([...calibrated[0]![k]!, ...calibrated[1]![k]!]));
    for (const [k, scale] of ensemble.scales.entries()) expect(scale).toBeCloseTo(scales[k]!, 10);

    const each = await scoresOf(series);
    const { scores, spread, contributions, coverage, thresholds } = await ensemble.score(series);
    for (const row of [0, 17, 40, series.time.length - 1]) {
      const scaled = each.map((ofMember, k) => ofMember[row]! / scales[k]!);
      expect(scores[row]).toBeCloseTo(mean(scaled), 10);
      expect(spread[row]).toBeCloseTo(deviation(scaled, 1), 10);
      expect(contributions[row]).toBeCloseTo(scores[row]!, 10);
      expect(coverage[row]).toBeGreaterThan(0);
    }
    const means = calibrated.flatMap((all) =>
      Array.from(all[0]!, (_, row) => mean(all.map((ofMember, k) => ofMember[row]! / scales[k]!))),
    );
    expect(thresholds[0]).toBeCloseTo(quantile(means, 0.9), 10);
    ensemble.dispose();
  });

  it('raises the alarms of standardised scores, mean 0 and deviation 1 in calibration', async () => {
    const ensemble = await fitEnsemble(files, { calibration, threshold: { q: 0.9 } });
    const [first, second] = [await scoresOf(calibration[0]!), await scoresOf(calibration[1]!)];
    const normal = files.map((_, k) => [...first[k]!, ...second[k]!]);
    const standardised = (all: readonly ArrayLike<number>[]) =>
      Array.from(all[0]!, (_, row) =>
        mean(all.map((ofMember, k) => (ofMember[row]! - mean(normal[k]!)) / deviation(normal[k]!))),
      );
    const threshold = quantile(standardised(normal), 0.9);
    const alarms = standardised(await scoresOf(series)).flatMap((score, row) =>
      score > threshold ? [row] : [],
    );
    const { flags } = await ensemble.score(series);
    expect([...flags.keys()].filter((row) => flags[row] === 1)).toEqual(alarms);
    expect(alarms.length).toBeGreaterThan(3);
    ensemble.dispose();
  });

  it('finds what its scores exceed, across no gap, and retraces by the mean', async () => {
    const ensemble = await fitEnsemble(files, { calibration });
    // Four rows far off, a gap in the middle of them.
    const values = series.values.map((value, row) => (row >= 20 && row < 24 ? 5 : value));
    const time = series.time.map((moment, row) => moment + (row >= 22 ? 100 : 0));
    const strange = { ...series, values, time };
    const anomalies = await ensemble.detect(strange);
    expect(anomalies).toEqual(ensemble.anomaliesIn(await ensemble.score(strange)));
    expect(anomalies.map(({ firstRow, lastRow }) => [firstRow, lastRow])).toEqual(
      expect.arrayContaining([
        [expect.any(Number), 21],
        [22, expect.any(Number)],
      ]),
    );
    const scores = await ensemble.score(series);
    const all = [];
    for (const member of ensemble.members) all.push((await member.score(series)).reconstruction[7]!);
    expect(scores.reconstruction[7]).toBeCloseTo(mean(all), 12);
    ensemble.dispose();
  });

  it('leaves labelled and uncovered rows out of the fit', async () => {
    const labelled = [wave({ id: 'w', seed: 4 })];
    const shape = {
      id: 'short',
      features: ['x'],
      time: Float64Array.of(0, 1),
      values: Float64Array.of(0, 9),
    };
    const ensemble = await fitEnsemble(files, { calibration: [...labelled, shape] });
    expect(ensemble.threshold.rows).toBe(300 - 15);
    const { scores } = await ensemble.score(shape);
    expect([...scores]).toEqual([Number.NaN, Number.NaN]);
    ensemble.dispose();
  });

  it('is the same after save and load, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const ensemble = await fitEnsemble(files, { calibration });
    const bytes = await ensemble.save();
    const loaded = await loadEnsemble(bytes);
    expect(await loaded.score(series)).toEqual(await ensemble.score(series));
    expect(await loaded.save()).toEqual(bytes);
    expect([loaded.features, loaded.threshold, loaded.scales]).toEqual([
      ensemble.features,
      ensemble.threshold,
      ensemble.scales,
    ]);
    ensemble.dispose();
    loaded.dispose();
    expect(memory().numTensors).toBe(before);
    await expect(loaded.score(series)).rejects.toMatchObject({ code: 'RETRACE_DISPOSED' });
  });

  it('tells what is doubtful', async () => {
    const warnings: string[] = [];
    const onWarning = (text: string) => void warnings.push(text);
    (await fitEnsemble(files, { calibration, batchSize: 7, threshold: { q: 0.9999 }, onWarning })).dispose();
    expect(warnings).toEqual([expect.stringContaining('too few for the quantile')]);
  });

  it('refuses what cannot score together, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const other = (await trainOne({ ...base, windows: { lookback: 4 } }, data)).file;
    const cases: [unknown, object, string, string][] = [
      [
        files.slice(1, 2),
        { calibration },
        'RETRACE_INVALID_ARGUMENT',
        '`files` must be an array of at least two',
      ],
      [undefined, { calibration }, 'RETRACE_INVALID_ARGUMENT', '`files`'],
      [[files[0], other], { calibration }, 'RETRACE_INVALID_ARGUMENT', '`files[1]` must be a detector of'],
      [[files[0], new Uint8Array(9)], { calibration }, 'RETRACE_SAFETENSORS_HEADER', 'The safetensors file'],
      [files, {}, 'RETRACE_INVALID_ARGUMENT', '`calibration`'],
      [files, { calibration: [] }, 'RETRACE_NO_CALIBRATION', 'No window of 6 rows'],
      [files, { calibration, quantile: 1 }, 'RETRACE_INVALID_ARGUMENT', 'unknown keys'],
      [files, { calibration, threshold: { q: 3 } }, 'RETRACE_INVALID_ARGUMENT', '`q`'],
    ];
    for (const [wrong, options, code, text] of cases) {
      await expect(fitEnsemble(wrong as never, options as never)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(text),
      });
    }
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a member that scores all rows alike', async () => {
    // One normal row, whose score has no deviation.
    const labels = calibration[0]!.time.map((_, row) => Number(row > 0));
    const single = [{ ...calibration[0]!, labels: Uint8Array.from(labels) }];
    await expect(fitEnsemble(files, { calibration: single })).rejects.toMatchObject({
      code: 'RETRACE_ENSEMBLE_SCALE',
      message: expect.stringContaining('`files[0]` scores all 1 calibration rows'),
    });
  });
});

describe('loadEnsemble(bytes)', () => {
  it.each<[string, (text: string) => string | undefined, string, string]>([
    ['no ensemble', () => undefined, 'RETRACE_ENSEMBLE_FILE', 'holds no ensemble'],
    ['no JSON', () => '{', 'RETRACE_ENSEMBLE_FILE', '`ensemble` must be JSON'],
    [
      'a later version',
      (text) => text.replace('"version":1', '"version":2'),
      'RETRACE_UNSUPPORTED_VERSION',
      '2',
    ],
    ['an unknown field', (text) => text.replace('{', '{"more":1,'), 'RETRACE_ENSEMBLE_FILE', 'unknown keys'],
    [
      'a scale of 0',
      (text) => text.replace(/"scales":\[[^,]+/, '"scales":[0'),
      'RETRACE_ENSEMBLE_FILE',
      'scales[0]',
    ],
    [
      'a single member',
      (text) => text.replace(/"scales":\[[^\]]+/, '"scales":[1'),
      'RETRACE_ENSEMBLE_FILE',
      'two',
    ],
    [
      'more scales than members',
      (text) => text.replace('"scales":[', '"scales":[1,'),
      'RETRACE_ENSEMBLE_FILE',
      '`member/3` must be the bytes',
    ],
    [
      'a wrong threshold',
      (text) => text.replace('"kind":"quantile"', '"kind":"best"'),
      'RETRACE_THRESHOLD_STATE',
      'threshold.kind',
    ],
  ])('refuses a file with %s', async (_, change, code, text) => {
    const ensemble = await fitEnsemble(files, { calibration });
    const { tensors, metadata } = readSealedSafetensors(await ensemble.save());
    ensemble.dispose();
    const { 'retrace.ensemble': own, ...rest } = metadata;
    const changed = change(own!);
    const bytes = writeSealedSafetensors({
      tensors,
      metadata: { ...rest, ...(changed !== undefined && { 'retrace.ensemble': changed }) },
    });
    await expect(loadEnsemble(bytes)).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
  });

  it('refuses a damaged file and a detector', async () => {
    await expect(loadEnsemble(files[0]!)).rejects.toMatchObject({ code: 'RETRACE_ENSEMBLE_FILE' });
    await expect(loadEnsemble(files[0]!.subarray(0, 100))).rejects.toMatchObject({
      code: 'RETRACE_SAFETENSORS_TRUNCATED',
    });
  });
});

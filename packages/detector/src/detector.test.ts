import {
  classifier,
  composite,
  createModel,
  latentTarget,
  loadModel,
  predict,
  reconstruct,
  saveModel,
  sequence,
} from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { startWasm } from '@retrace/runtime-wasm';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import { flagRows, isConstantThreshold } from '@retrace/scoring';
import { createSeries, fitScaler, slidingWindows } from '@retrace/windowing';
import { mean, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { minute, wave } from '../fixtures/wave.ts';
import { meanRetracer, newModel, options, strange } from '../fixtures/wave-options.ts';
import { detectorKey } from './detector-text.ts';
import { evaluate, fitBaselines, fitDetector, fitRowScorer, loadDetector } from './index.ts';
import { provenanceKey } from './provenance.ts';

const { calibration, scaler, windows } = options;

beforeAll(async () => {
  await startWasm();
});

describe('fitRowScorer', () => {
  it('turns residuals into scores in closed form', async () => {
    const scorer = await fitRowScorer(meanRetracer, { ...options, scorer: { kind: 'mse' } });
    const { scores, reconstruction, coverage } = await scorer.score(strange);
    const row = 155;
    const z = [0, 1].map(
      (feature) => (strange.values[row * 2 + feature]! - scaler.center[feature]!) / scaler.scale[feature]!,
    );
    expect(scores[row]).toBeCloseTo((z[0]! ** 2 + z[1]! ** 2) / 2, 10);
    expect(reconstruction[row * 2]).toBeCloseTo(scaler.center[0]!, 10);
    expect(coverage[row]).toBe(10);
    expect(coverage[121]).toBe(1);
  });

  it('sets the threshold on normal rows alone', async () => {
    const clean = await fitRowScorer(meanRetracer, { ...options, calibration: [wave('x', 5)] });
    const labelled = await fitRowScorer(meanRetracer, { ...options, calibration: [wave('x', 5, true)] });
    expect(labelled.state.threshold.rows).toBe(190);
    const [level, clear] = [labelled, clean].map(({ state: { threshold } }) =>
      isConstantThreshold(threshold) ? threshold.value : Number.NaN,
    );
    expect(level).toBeLessThan(1.1 * clear!);
  });

  it('counts the days of its calibration rows, without their gaps, for a budget of alarms a day', async () => {
    const scorer = await fitRowScorer(meanRetracer, {
      ...options,
      threshold: { kind: 'budget', alarmsPerDay: 20 },
    });
    // Two waves of 121 and 79 rows, a minute apart.
    expect(scorer.state.threshold).toMatchObject({ rows: 400, days: (2 * (120 + 78)) / 1440 });
    const stretches = [];
    for (const series of calibration) stretches.push(...(await scorer.detect(series)));
    expect(stretches.length).toBeLessThanOrEqual(Math.floor((20 * 2 * 198) / 1440));
  });

  it('applies a threshold that moves row by row, and keeps it in its file', async () => {
    const spec = { kind: 'dynamic', window: 100, buffer: 5 } as const;
    const detector = await fitDetector(newModel(), { ...options, threshold: spec });
    const scores = await detector.score(strange);
    expect(scores.flags).toEqual(flagRows(scores.scores, detector.state.threshold).flags);
    expect(new Set(scores.thresholds).size).toBeGreaterThan(10);
    const loaded = await loadDetector(await detector.save());
    expect(await loaded.score(strange)).toEqual(scores);
    for (const each of [detector, loaded]) each.dispose();
  });

  it('finds anomalies by the options of findAnomalies', async () => {
    const scorer = await fitRowScorer(meanRetracer, { ...options, threshold: { kind: 'quantile', q: 1 } });
    const [wider] = await scorer.detect(strange, { tolerance: 2 * minute });
    expect(wider).toMatchObject({ firstRow: 148, lastRow: 161 });
    expect(await scorer.detect(strange, { minRows: 11 })).toEqual([]);
  });

  it('finds the step, blames its feature and crosses no gap', async () => {
    const scorer = await fitRowScorer(meanRetracer, { ...options, threshold: { kind: 'quantile', q: 1 } });
    const [anomaly, ...others] = await scorer.detect(strange);
    expect(others).toEqual([]);
    expect(anomaly).toMatchObject({ id: 's', firstRow: 150, lastRow: 159, blame: [{ feature: 'b' }, {}] });
  });

  it('scores rows of a run shorter than a window as NaN, with a coverage of 0', async () => {
    const scorer = await fitRowScorer(meanRetracer, options);
    const short = {
      ...strange,
      time: strange.time.map((time, row) => time + (row >= 195 ? 60 * minute : 0)),
    };
    const { scores, coverage } = await scorer.score(short);
    expect([...coverage.subarray(194, 197)]).toEqual([1, 0, 0]);
    expect([...scores.subarray(194, 197)].map(Number.isNaN)).toEqual([false, true, true]);
  });

  it('refuses calibration without a normal row under a window', async () => {
    await expect(fitRowScorer(meanRetracer, { ...options, calibration: [] })).rejects.toMatchObject({
      code: 'RETRACE_NO_CALIBRATION',
    });
    const allLabelled = { ...strange, labels: new Uint8Array(200).fill(1) };
    await expect(
      fitRowScorer(meanRetracer, { ...options, calibration: [allLabelled] }),
    ).rejects.toMatchObject({
      code: 'RETRACE_NO_CALIBRATION',
    });
  });

  it.each([
    [{ ...options, treshold: {} }, 'Did you mean `threshold`?'],
    [{ ...options, batchSize: 0 }, '`batchSize`'],
    [{ ...options, calibration: strange }, '`calibration` must be an array'],
    [{ ...options, threshold: { q: 2 } }, '`q`'],
    [undefined, '`options` must be an object'],
    [{ calibration, scaler }, '`windows` must be an object'],
    [{ ...options, windows: { lookback: 0 } }, '`lookback`'],
    [{ ...options, windows: { ...windows, horizon: 1 } }, '`windows.horizon` must be 0'],
    [{ calibration, windows }, '`scaler` must be an object'],
    [{ ...options, onWarning: 1 }, '`onWarning`'],
  ])('refuses wrong options %#', async (wrong, text) => {
    const code = expect.stringMatching(/^RETRACE_/);
    const error = { code, message: expect.stringContaining(text) };
    await expect(fitRowScorer(meanRetracer, wrong as never)).rejects.toMatchObject(error);
    const model = newModel();
    await expect(fitDetector(model, wrong as never)).rejects.toMatchObject(error);
    model.dispose();
  });
});

describe('a detector', () => {
  it('gives the same scores, whatever the batch size', async () => {
    const detector = await fitDetector(newModel(), options);
    const expected = (await detector.score(strange)).scores;
    for (const batchSize of [1, 7, 64]) {
      const { scores } = await (await loadDetector(await detector.save(), { batchSize })).score(strange);
      scores.forEach((score, row) => {
        expect(Math.abs(score - expected[row]!)).toBeLessThanOrEqual(1e-6 * Math.max(1, expected[row]!));
      });
    }
    detector.dispose();
  });

  it('is the same after save and load, and its file is a model file too', async () => {
    const detector = await fitDetector(newModel(), options);
    const bytes = await detector.save();
    const loaded = await loadDetector(bytes);
    expect(loaded.state).toEqual(detector.state);
    expect(await loaded.detect(strange)).toEqual(await detector.detect(strange));
    expect(await loaded.save()).toEqual(bytes);
    const model = await loadModel(bytes);
    expect(model.spec).toEqual(detector.model.spec);
    for (const each of [detector, loaded, model]) each.dispose();
  });

  it('keeps rules of anomalies, for itself, its file and its streams, which a call may change', async () => {
    const rules = { mergeGap: 20 * minute, minRows: 2 };
    const detector = await fitDetector(newModel(), { ...options, anomalies: rules, threshold: { q: 0.9 } });
    const plain = await fitDetector(newModel(), { ...options, threshold: { q: 0.9 } });
    const merged = await plain.detect(strange, rules);
    expect(merged.length).toBeLessThan((await plain.detect(strange)).length);
    expect(await detector.detect(strange)).toEqual(merged);
    expect(await detector.detect(strange, { mergeGap: 0, minRows: 1 })).toEqual(await plain.detect(strange));
    const loaded = await loadDetector(await detector.save());
    expect(loaded.state.anomalies).toEqual(rules);
    const stream = await loaded.stream();
    const { anomalies: early } = await stream.push(strange);
    expect([...early, ...(await stream.flush()).anomalies]).toEqual(merged);
    for (const each of [detector, plain, loaded]) each.dispose();
  });

  it('keeps the metadata of `save` in its file, beside its own, which it gives to nobody', async () => {
    const detector = await fitDetector(newModel(), options);
    const bytes = await detector.save({ metadata: { 'pumps.site': 'north' } });
    expect(readSealedSafetensors(bytes).metadata).toMatchObject({ 'pumps.site': 'north' });
    const loaded = await loadDetector(bytes);
    expect(loaded.state).toEqual(detector.state);
    expect(loaded.metadata).toEqual({ 'pumps.site': 'north' });
    expect(await loaded.save()).toEqual(bytes);
    loaded.dispose();
    for (const key of [detectorKey, provenanceKey]) {
      await expect(detector.save({ metadata: { [key]: '{}' } })).rejects.toMatchObject({
        code: 'RETRACE_INVALID_ARGUMENT',
      });
    }
    await expect(detector.save({ metdata: {} } as never)).rejects.toThrow('Did you mean `metadata`?');
  });

  it.each([
    ['sequence', sequence({ timesteps: 10, features: 2, units: [4] })],
    [
      'conditional',
      reconstruct({ timesteps: 10, features: 2, units: [4], conditional: true, reversed: true }),
    ],
    ['predict', predict({ timesteps: 10, features: 2, units: [4], horizon: 3, shift: -1 })],
    ['composite', composite({ timesteps: 10, features: 2, units: [4], horizon: 3 })],
    ['latent-target', latentTarget({ timesteps: 10, features: 2, units: [4, 3] })],
    ['classifier', classifier({ timesteps: 10, features: 2, units: [4], classes: 2 })],
  ])('of a %s model scores alike before and after a file', async (_, spec) => {
    const detector = await fitDetector(createModel(spec, { seed: 1 }), options);
    const bytes = await detector.save();
    const loaded = await loadDetector(bytes);
    expect(loaded.state).toEqual(detector.state);
    expect(await loaded.score(strange)).toEqual(await detector.score(strange));
    expect(await loaded.save()).toEqual(bytes);
    for (const each of [detector, loaded]) each.dispose();
  });

  it('does without the losses that were added to its model for training', async () => {
    const model = newModel();
    tensorsOf(model).addLoss('sparse', ({ activations }) => mean(activations.latent!));
    const detector = await fitDetector(model, options);
    const loaded = await loadDetector(await detector.save());
    const again = await loadDetector(await loaded.save());
    expect(again.state).toEqual(detector.state);
    for (const each of [detector, loaded, again]) each.dispose();
  });

  it('is not changed by what a caller does to its options afterwards', async () => {
    const mine = { ...options, windows: { ...windows } };
    const detector = await fitDetector(newModel(), mine);
    const before = await detector.score(strange);
    mine.windows.maxGap = 1;
    expect(await detector.score(strange)).toEqual(before);
    detector.dispose();
  });

  it('refuses series of other features, and any use after dispose', async () => {
    const detector = await fitDetector(newModel(), options);
    const renamed = { ...strange, features: ['b', 'a'] };
    await expect(detector.score(renamed)).rejects.toMatchObject({ code: 'RETRACE_FEATURES' });
    await expect(detector.score(undefined as never)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
    });
    detector.dispose();
    detector.dispose();
    for (const use of [detector.score(strange), detector.detect(strange), detector.save()]) {
      await expect(use).rejects.toMatchObject({ code: 'RETRACE_DISPOSED' });
    }
  });

  it('leaves no tensor behind, also when it fails', async () => {
    const before = memory().numTensors;
    const detector = await fitDetector(newModel(), options);
    await detector.score(strange);
    await expect(detector.score({ ...strange, features: ['x', 'y'] })).rejects.toThrow();
    const bytes = await detector.save();
    (await loadDetector(bytes)).dispose();
    await expect(
      loadDetector(rewritten(bytes, (state) => ({ ...state, windows: { lookback: 9 } }))),
    ).rejects.toThrow();
    detector.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a model of another shape, and what is no model', async () => {
    await expect(fitDetector({} as never, options)).rejects.toThrow('`model` must be a model');
    const model = newModel();
    await expect(fitDetector(model, { ...options, windows: { lookback: 9 } })).rejects.toThrow(
      '`windows.lookback` must be 10',
    );
    const one = fitScaler(
      [createSeries({ ...strange, features: ['a'], values: strange.values.subarray(0, 200) })],
      { kind: 'standard' },
    );
    await expect(fitDetector(model, { ...options, scaler: one })).rejects.toThrow(
      '`scaler` must be fitted on 2 features',
    );
    model.dispose();
  });
});

describe('loadDetector refuses', () => {
  it.each([
    [{ batchSize: 0 }, '`batchSize`'],
    [{ batchSize: Number.NaN }, '`batchSize`'],
    [{ batchsize: 8 }, 'Did you mean `batchSize`?'],
  ])('wrong options %o', async (wrong, text) => {
    await expect(loadDetector(new Uint8Array(), wrong as never)).rejects.toThrow(text);
  });

  it('a model without a detector', async () => {
    const model = newModel();
    await expect(loadDetector(await saveModel(model))).rejects.toThrow('holds no detector');
    model.dispose();
  });
});

describe('fitBaselines and evaluate', () => {
  it('rank the labelled step above the rest on the path of a detector', async () => {
    const train = slidingWindows(calibration, windows, { scaler });
    const baselines = await fitBaselines(train, options);
    expect([...baselines.keys()]).toEqual(expect.arrayContaining(['last value', 'mean distance', 'PCA']));
    const { labels: _, ...unlabelled } = strange;
    const figures = await evaluate(baselines.get('PCA')!, [strange, unlabelled]);
    expect(figures.rows).toBe(200);
    expect(figures.averagePrecision).toBeGreaterThan(0.9);
    expect(figures.events).toMatchObject({ tp: 1, fn: 0 });
  });
});

/** A detector file whose fitted states were changed, sealed again. */
function rewritten(bytes: Uint8Array, change: (state: Record<string, unknown>) => unknown): Uint8Array {
  const { tensors, metadata } = readSealedSafetensors(bytes);
  const state = JSON.stringify(change(JSON.parse(metadata[detectorKey]!)));
  return writeSealedSafetensors({ tensors, metadata: { ...metadata, [detectorKey]: state } });
}

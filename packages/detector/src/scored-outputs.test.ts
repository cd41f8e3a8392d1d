import {
  composite,
  createModel,
  encoderOf,
  latentTarget,
  predict,
  reconstruct,
  sequence,
} from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { fitScorer, scoreRows } from '@retrace/scoring';
import { type Series, scale, slidingWindows } from '@retrace/windowing';
import { beforeAll, describe, expect, it } from 'vitest';
import { wave } from '../fixtures/wave.ts';
import { meanRetracer, newModel, newSpec, options, strange } from '../fixtures/wave-options.ts';
import { fitDetector, fitRowScorer, loadDetector } from './index.ts';

const { calibration, scaler, windows } = options;

beforeAll(async () => {
  await startWasm();
});

describe('a detector', () => {
  it("of a forecaster scores a row by the model's predictions of it", async () => {
    const spec = predict({ timesteps: 10, features: 2, units: [4], horizon: 2, shift: 1 });
    const detector = await fitDetector(createModel(spec, { seed: 1 }), {
      ...options,
      scorer: { kind: 'mae' },
    });
    expect(detector.state).toMatchObject({ windows: { horizon: 2, shift: 1 }, outputs: ['prediction'] });
    const { scores, coverage } = await detector.score(strange);
    // The last row in, one between, two out: row 11 is the first predicted; row 120 ends the run.
    expect([...coverage.subarray(9, 15)]).toEqual([0, 0, 1, 2, 2, 2]);
    expect([...coverage.subarray(118, 122)]).toEqual([2, 2, 1, 0]);
    const scaled = scale([strange], scaler);
    const cut = slidingWindows(scaled, { ...windows, horizon: 2, shift: 1 });
    const { prediction } = await detector.model.run(cut.batch([40, 41]));
    const row = 52;
    const errors = [0, 1].map((feature) => {
      const drawn = (prediction![2 + feature]! + prediction![4 + feature]!) / 2;
      return Math.abs(scaled[0]!.values[row * 2 + feature]! - drawn);
    });
    expect(scores[row]).toBeCloseTo((errors[0]! + errors[1]!) / 2, 6);
    detector.dispose();
  });

  it('of a composite model combines what its parts score, and takes either by itself', async () => {
    const spec = composite({ timesteps: 10, features: 2, units: [4], horizon: 3 });
    const scored = async (more: object) => {
      const detector = await fitDetector(createModel(spec, { seed: 1 }), { ...options, ...more });
      const scores = await detector.score(strange);
      detector.dispose();
      return { state: detector.state, ...scores };
    };
    const both = await scored({ combine: 'mean' });
    const reconstruction = await scored({ outputs: ['reconstruction'], windows: { ...windows, horizon: 0 } });
    const prediction = await scored({ outputs: ['prediction'] });
    if (both.state.scorer.kind !== 'combined') return expect.fail();
    const [first, second] = both.state.scorer.parts;
    expect(reconstruction.state.outputs).toBeUndefined();
    expect(both.state.outputs).toEqual(['reconstruction', 'prediction']);
    const row = 60;
    // In windows of their own the reconstruction covers the rows at the ends, and is else the same.
    expect(second!.scorer).toEqual(prediction.state.scorer);
    expect(first!.scorer).not.toEqual(reconstruction.state.scorer);
    const own = scoreRows(
      [0, 1].map((feature) => {
        const cell = row * 2 + feature;
        return (strange.values[cell]! - both.reconstruction[cell]!) / scaler.scale[feature]!;
      }),
      first!.scorer,
    );
    const expected = (own.scores[0]! / first!.scale + prediction.scores[row]! / second!.scale) / 2;
    expect(both.scores[row]).toBeCloseTo(expected, 8);
    const product = await scored({});
    expect(product.state.scorer).toMatchObject({ kind: 'combined', by: 'product' });
    expect(product.scores[row]).toBeCloseTo(
      Math.sqrt((1 + own.scores[0]! / first!.scale) * (1 + prediction.scores[row]! / second!.scale)) - 1,
      8,
    );
    // Row 0 was not predicted, row 199 is in no window before rows out: each is scored by the other part.
    expect(both.scores[0]).toBeGreaterThan(0);
    expect(both.scores[199]).toBeCloseTo(prediction.scores[199]! / second!.scale, 8);
  });

  it('of an encoder scores a row by how far the latent vector of its window lies from those of calibration', async () => {
    const encoder = encoderOf(newModel());
    const detector = await fitDetector(encoder, options);
    const found = await detector.score(strange);
    expect(detector.state).toMatchObject({ outputs: ['latent'], scorer: { kind: 'gaussian' } });
    expect(found.features).toEqual(['latent/0', 'latent/1', 'latent/2', 'latent/3']);
    expect(found.reconstruction.every(Number.isNaN)).toBe(true);
    // The vector of the window that ends in a row; of the first window of a run where none does.
    const latents = async (series: Series) => {
      const cut = slidingWindows(scale([series], scaler), windows);
      const encoded = await encoder.encode(cut.batch(Array.from({ length: cut.length }, (_, k) => k)));
      const last = Array.from({ length: 200 }, (_, row) => row).map((row) =>
        row > 120 ? 112 + Math.max(0, row - 130) : Math.max(0, row - 9),
      );
      return last.flatMap((window) => [...encoded.subarray(window * 4, window * 4 + 4)]);
    };
    const fitted = fitScorer([...(await latents(calibration[0]!)), ...(await latents(calibration[1]!))], {
      features: found.features,
      kind: 'gaussian',
    });
    const expected = scoreRows(await latents(strange), fitted);
    found.scores.forEach((score, row) => {
      expect(score).toBeCloseTo(expected.scores[row]!, 4);
    });
    const [anomaly] = await detector.detect(strange);
    expect(anomaly!.blame[0]!.feature).toMatch(/^latent\/[0-3]$/);
    detector.dispose();
  });

  it('of a latent-target model scores a row by how far the output of its window is from the target', async () => {
    const model = createModel(latentTarget({ timesteps: 10, features: 2, units: [4, 3] }), { seed: 1 });
    const detector = await fitDetector(model, { ...options, scorer: { kind: 'mse' } });
    const { scores, features } = await detector.score(strange);
    expect(features).toHaveLength(4);
    const cut = slidingWindows(scale([strange], scaler), windows);
    const { output, target } = await model.run(cut.batch([40]));
    const squares = output!.map((value, k) => (value - target![k]!) ** 2);
    expect(scores[49]).toBeCloseTo(squares.reduce((sum, square) => sum + square, 0) / 4, 6);
    detector.dispose();
  });

  it('joins the reconstruction with the latent vector where both are asked for', async () => {
    const outputs = ['reconstruction', 'latent'] as const;
    const detector = await fitDetector(newModel(), { ...options, outputs });
    const { features, scores, reconstruction } = await detector.score(strange);
    expect(features.slice(0, 3)).toEqual(['a', 'b', 'latent/0']);
    expect(scores.some(Number.isNaN) || reconstruction.some(Number.isNaN)).toBe(false);
    const loaded = await loadDetector(await detector.save());
    expect((await loaded.score(strange)).scores).toEqual(scores);
    for (const each of [detector, loaded]) each.dispose();
  });

  it('of a model with variance scores a row by its negative log-likelihood', async () => {
    const spec = reconstruct({ timesteps: 10, features: 2, units: [4], variance: true });
    const detector = await fitDetector(createModel(spec, { seed: 1 }), { ...options, aggregate: 'first' });
    if (detector.state.scorer.kind !== 'likelihood') return expect.fail();
    const { scores } = await detector.score(strange);
    const scaled = scale([strange], scaler);
    const cut = slidingWindows(scaled, windows).batch([40]);
    const heads = await detector.model.run(cut);
    const surprise = [18, 19].map((cell) => {
      const log = heads['reconstruction/logVariance']![cell]!;
      const error = cut.input[cell]! - heads.reconstruction![cell]!;
      return (Math.log(2 * Math.PI) + log + error ** 2 / Math.exp(log)) / 2;
    });
    const { floor } = detector.state.scorer;
    const expected = surprise.reduce((sum, value, k) => sum + Math.max(0, value - floor[k]!), 0) / 2;
    expect(scores[49]).toBeCloseTo(expected, 5);
    const loaded = await loadDetector(await detector.save());
    expect((await loaded.score(strange)).scores).toEqual(scores);
    for (const each of [detector, loaded]) each.dispose();
    const plain = newModel();
    await expect(fitDetector(plain, { ...options, scorer: { kind: 'likelihood' } })).rejects.toThrow(
      '`scorer.kind` must be another for the reconstruction, which comes without a variance',
    );
    plain.dispose();
  });

  it('with perEntity measures each entity by its own rows, and one it has not seen by all', async () => {
    const wild = wave('wild', 4);
    const noisy = { ...wild, values: wild.values.map((value, cell) => value + 20 * Math.sin(cell ** 2)) };
    const fitting = { ...options, calibration: [calibration[0]!, noisy] };
    const kind = 'standardised';
    const own = await fitRowScorer(meanRetracer, { ...fitting, scorer: { kind, perEntity: true } });
    const alone = await fitRowScorer(meanRetracer, { ...options, calibration: [noisy], scorer: { kind } });
    const pooled = await fitRowScorer(meanRetracer, { ...fitting, scorer: { kind } });
    expect((await own.score(noisy)).scores).toEqual((await alone.score(noisy)).scores);
    expect((await own.score(strange)).scores).toEqual((await pooled.score(strange)).scores);
    expect((await own.score(noisy)).scores).not.toEqual((await pooled.score(noisy)).scores);
    // The threshold is fitted on what the rows of entities score by their own states.
    expect(own.state.threshold).not.toEqual(pooled.state.threshold);
    const detector = await fitDetector(newModel(), { ...fitting, scorer: { perEntity: true } });
    const loaded = await loadDetector(await detector.save());
    expect(loaded.state).toEqual(detector.state);
    expect(await loaded.score(noisy)).toEqual(await detector.score(noisy));
    for (const each of [detector, loaded]) each.dispose();
  });

  it("by 'first' takes each row from the first window that covers it", async () => {
    const detector = await fitDetector(newModel(), {
      ...options,
      aggregate: 'first',
      scorer: { kind: 'mae' },
    });
    const { reconstruction, coverage } = await detector.score(strange);
    const cut = slidingWindows(scale([strange], scaler), windows);
    const { reconstruction: drawn } = await detector.model.run(cut.batch([0, 40]));
    const expected = (window: number, step: number) =>
      drawn![(window * 10 + step) * 2]! * scaler.scale[0]! + scaler.center[0]!;
    expect(reconstruction[0]).toBeCloseTo(expected(0, 0), 5);
    expect(reconstruction[49 * 2]).toBeCloseTo(expected(1, 9), 5);
    expect(Math.max(...coverage)).toBe(1);
    const loaded = await loadDetector(await detector.save());
    expect(loaded.state).toMatchObject({ aggregate: 'first' });
    expect((await loaded.score(strange)).reconstruction).toEqual(reconstruction);
    for (const each of [detector, loaded]) each.dispose();
  });

  it.each([
    ['a prediction of an autoencoder', newSpec, { outputs: ['prediction'] }],
    [
      'a reconstruction of a forecaster',
      predict({ timesteps: 10, features: 2, units: [4], horizon: 3 }),
      { outputs: ['reconstruction'] },
    ],
    [
      'a latent vector of a model without one',
      sequence({ timesteps: 10, features: 2, units: [4] }),
      { outputs: ['latent'] },
    ],
    ['a latent target of an autoencoder', newSpec, { outputs: ['latentTarget'] }],
  ])('refuses %s', async (_, spec, more) => {
    const model = createModel(spec);
    await expect(fitDetector(model, { ...options, ...more } as never)).rejects.toMatchObject({
      code: 'RETRACE_MODEL_KIND',
    });
    model.dispose();
  });

  it.each([
    [{ outputs: 'reconstruction' }, '`outputs` must be an array'],
    [
      { outputs: ['reconstruction', 'reconstruction'] },
      '`outputs` must be an array of at least one name of an output, each once',
    ],
    [{ outputs: [] }, '`outputs` must be an array of at least one'],
    [{ outputs: ['reconstuction'] }, "Did you mean 'reconstruction'?"],
    [{ combine: 'sum' }, '`combine` must be one of'],
    [{ aggregate: 'last' }, '`aggregate` must be one of'],
    [{ windows: { ...windows, horizon: 2 } }, '`windows.horizon` must be 3, as the model predicts'],
    [{ windows: { ...windows, horizon: 3, shift: 1 } }, '`windows.shift` must be 0, as the model predicts'],
  ])('refuses wrong options of a composite model %#', async (wrong, text) => {
    const model = createModel(composite({ timesteps: 10, features: 2, units: [4], horizon: 3 }));
    await expect(fitDetector(model, { ...options, ...wrong } as never)).rejects.toThrow(text);
    model.dispose();
  });
});

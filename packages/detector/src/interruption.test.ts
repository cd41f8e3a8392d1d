import { createModel, reconstruct } from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { fitScaler, slidingWindows } from '@retrace/windowing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { wave } from '../fixtures/wave.ts';
import { evaluate, fitBaselines, fitDetector, fitRowScorer, type RowScorer } from './index.ts';

const calibration = [wave('c1', 1)];
const scaler = fitScaler(calibration, { kind: 'standard' });
const windows = { lookback: 10 };
const options = { calibration, windows, scaler, batchSize: 20 };
const strange = wave('s', 3, true);
const newModel = () => createModel(reconstruct({ timesteps: 10, features: 2, units: [2] }), { seed: 1 });

/** A signal that is aborted once `started` says so. */
function abortedBy(started: (abort: () => void) => void): AbortSignal {
  const controller = new AbortController();
  started(() => controller.abort(new Error('enough')));
  return controller.signal;
}
const aborted = () => abortedBy((abort) => abort());

beforeAll(async () => {
  await startWasm();
});

describe('a signal', () => {
  it.each<[string, (scorer: RowScorer, signal: AbortSignal) => Promise<unknown>]>([
    ['score', (scorer, signal) => scorer.score(strange, { signal })],
    ['detect', (scorer, signal) => scorer.detect(strange, { signal, minRows: 2 })],
    ['evaluate', (scorer, signal) => evaluate(scorer, [strange], { signal })],
  ])('ends %s of a detector, or of a baseline, with its reason', async (_, call) => {
    const detector = await fitDetector(newModel(), options);
    const inputs = slidingWindows(calibration, windows, { scaler });
    const baselines = await fitBaselines(inputs, options);
    for (const scorer of [detector, ...baselines.values()]) {
      await expect(call(scorer, aborted())).rejects.toThrow('enough');
      await call(scorer, new AbortController().signal);
      await expect(call(scorer, {} as AbortSignal)).rejects.toThrow('`signal` must be an AbortSignal');
    }
    detector.dispose();
  });

  it('ends scoring, and a fit, before the batch after', async () => {
    const model = newModel();
    const detector = await fitDetector(model, options);
    let abort = () => {};
    const signal = () =>
      abortedBy((now) => {
        abort = now;
      });
    const { run } = model;
    const spy = vi.spyOn(model, 'run').mockImplementation((batch) => {
      abort();
      return run.call(model, batch);
    });
    await expect(detector.score(strange, { signal: signal() })).rejects.toThrow('enough');
    await expect(fitDetector(model, { ...options, signal: signal() })).rejects.toThrow('enough');
    expect(spy).toHaveBeenCalledTimes(2);
    detector.dispose();
  });

  it('ends the fit of baselines', async () => {
    const inputs = slidingWindows(calibration, windows, { scaler });
    await expect(fitBaselines(inputs, { ...options, signal: aborted() })).rejects.toThrow('enough');
    await expect(fitBaselines(inputs, { ...options, signal: {} as never })).rejects.toThrow(
      '`signal` must be',
    );
  });

  it('is the one option of score', async () => {
    const detector = await fitDetector(newModel(), options);
    await expect(detector.score(strange, { sigmal: 1 } as never)).rejects.toThrow('Did you mean `signal`?');
    detector.dispose();
  });
});

describe('a detector at work', () => {
  it('lets timers have their turn', async () => {
    const retracer = {
      reconstruct({ input }: { input: Float32Array }) {
        const until = performance.now() + 20;
        while (performance.now() < until);
        return new Float32Array(input.length);
      },
    };
    const scorer = await fitRowScorer(retracer, options);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await scorer.score(strange);
    clearInterval(timer);
    // Ten batches of 20 ms, and a turn every 30 ms.
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});

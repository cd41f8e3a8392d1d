import { fitRowScorer } from '@retrace/detector';
import { createModel, reconstruct } from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { createSeries, fitScaler, slidingWindows } from '@retrace/windowing';
import { beforeAll, describe, expect, it } from 'vitest';
import { baselineFigures } from './baseline-figures.ts';
import { judgeSeries } from './judge-series.ts';

const rows = 30_000;
const series = createSeries({
  id: 'pump',
  features: ['flow'],
  time: Float64Array.from({ length: rows }, (_, row) => row * 1000),
  values: Float64Array.from({ length: rows }, (_, row) => Math.sin(row / 9)),
  labels: Uint8Array.from({ length: rows }, (_, row) => Number(row === 5)),
});
const scaler = fitScaler([series], { kind: 'standard' });
const windows = { lookback: 8 };
const interruption = new Error('interrupted');

/** A scorer of which any one series takes many batches, and a count of them. */
async function slowScorer() {
  const model = createModel(reconstruct({ timesteps: 8, features: 1, units: [2] }), { seed: 1 });
  let batches = 0;
  const retracer = {
    async reconstruct(batch: Parameters<typeof model.run>[0]) {
      batches++;
      return (await model.run(batch)).reconstruction!;
    },
  };
  const calibration = [
    {
      ...series,
      time: series.time.slice(0, 100),
      values: series.values.slice(0, 100),
      labels: series.labels!.slice(0, 100),
    },
  ];
  const scorer = await fitRowScorer(retracer, { calibration, windows, scaler, batchSize: 16 });
  return { scorer, calibration, batches: () => batches };
}

describe('a command that is interrupted', () => {
  beforeAll(() => startWasm({ threads: 1 }));

  it('while one long series is scored ends before its last batch', async () => {
    const { scorer, batches } = await slowScorer();
    const controller = new AbortController();
    const judged = judgeSeries(scorer, [series], { rules: {}, signal: controller.signal });
    setTimeout(() => controller.abort(interruption));
    await expect(judged).rejects.toBe(interruption);
    expect(batches()).toBeLessThan(slidingWindows([series], windows).length / 16);
  });

  it('before its baselines are fitted fits none', async () => {
    const { scorer, calibration } = await slowScorer();
    const signal = AbortSignal.abort(interruption);
    const fitted = baselineFigures(scorer, { train: calibration, calibration }, [], {
      signal,
      warn: () => expect.unreachable(),
      rules: {},
    });
    await expect(fitted).rejects.toBe(interruption);
  });
});

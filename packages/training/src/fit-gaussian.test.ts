import { createModel, reconstruct } from '@retrace/models';
import { createRandom } from '@retrace/random';
import { startWasm } from '@retrace/runtime-wasm';
import { arrayWindows } from '@retrace/windowing';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightsOf } from '../fixtures/waves.ts';
import { fit } from './fit.ts';
import type { FitOptions } from './fit-options.ts';

beforeAll(async () => {
  await startWasm({ threads: 1 });
});

const ramp = arrayWindows({
  input: Float32Array.from({ length: 36 }, (_, k) => (k % 9) / 9),
  shape: [4, 9, 1],
});

describe('fit of a model that puts out its variance', () => {
  const spec = reconstruct({ timesteps: 9, features: 1, units: [3], variance: true });
  const options: FitOptions = {
    epochs: 60,
    batchSize: 25,
    optimizer: { kind: 'adam', learningRate: { kind: 'cosine', initial: 0.03, steps: 480 } },
    loss: 'gaussian',
  };

  it('learns how far the values of each step lie from what it retraces', async () => {
    // Constant windows whose last steps alone are noisy, which nothing can foresee.
    const random = createRandom(1);
    const input = Float32Array.from({ length: 200 * 9 }, (_, k) => (k % 9 < 6 ? 0.1 : 1) * random.normal());
    const windows = arrayWindows({ input, shape: [200, 9, 1] });
    const model = createModel(spec, { seed: 2 });
    const { history } = await fit(model, windows, options);
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
    const batch = windows.batch(Array.from({ length: 200 }, (_, k) => k));
    const outputs = await model.run(batch);
    const variances = outputs['reconstruction/logVariance']!.map(Math.exp);
    const shares = Array.from(
      input,
      (value, k) => (value - outputs.reconstruction![k]!) ** 2 / variances[k]!,
    );
    // Where the gradient by the head's bias is zero, squared errors are as large as the variances on the whole.
    expect(Math.abs(mean(shares) - 1)).toBeLessThan(0.1);
    const deviation = (step: number) =>
      Math.sqrt(mean(Array.from({ length: 200 }, (_, k) => variances[9 * k + step]!)));
    expect(deviation(8) / deviation(0)).toBeGreaterThan(5);
    model.dispose();
  });

  it('trains the rest of it by another loss, and refuses the loss for a model without', async () => {
    const model = createModel(spec);
    const before = weightsOf(model);
    await fit(model, ramp, { epochs: 1 });
    const changed = Object.entries(weightsOf(model)).filter(([name, values]) =>
      values.some((value, k) => value !== before[name]![k]),
    );
    expect(changed.map(([name]) => name)).toContain('reconstruction/kernel');
    expect(changed.map(([name]) => name)).not.toContain('reconstruction/logVariance/kernel');
    model.dispose();
    const without = createModel(reconstruct({ timesteps: 9, features: 1, units: [3] }));
    await expect(fit(without, ramp, { epochs: 1, loss: 'gaussian' })).rejects.toThrow('`variance: true`');
    without.dispose();
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

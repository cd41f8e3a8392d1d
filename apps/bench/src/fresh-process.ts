/** @file `fresh-process.js SHAPE STEPS`, run by footprint.ts: trains a shape from nothing and prints what that took. */
import { shapes } from './shapes.ts';

const { timesteps, features, units, batch } = shapes[process.argv[2]!]!;
const steps = Number(process.argv[3]);
const input = new Float32Array(steps * batch * timesteps * features).map((_, k) => Math.sin(k));

const began = performance.now();
const { startWasm } = await import('@retrace/runtime-wasm');
const { createModel, reconstruct } = await import('@retrace/models');
const { fit } = await import('@retrace/training');
const { arrayWindows } = await import('@retrace/windowing');
const runtime = await startWasm();
const model = createModel(reconstruct({ timesteps, features, units: [units] }), { seed: 1 });
let firstStepMs = 0;
await fit(model, arrayWindows({ input, shape: [steps * batch, timesteps, features] }), {
  epochs: 1,
  batchSize: batch,
  onStep({ step }) {
    if (step === 1) firstStepMs = performance.now() - began;
  },
});
const peakBytes = 1024 * process.resourceUsage().maxRSS;
runtime.dispose();
console.log(JSON.stringify({ firstStepMs, peakBytes }));

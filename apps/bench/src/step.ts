import { startWasm } from '@retrace/runtime-wasm';
import { randomNormal, type Tensor3D } from '@tensorflow/tfjs-core';
import { layersModel, layersStep } from './layers-step.ts';
import { medianTimes } from './median-times.ts';
import { retraceStep } from './retrace-step.ts';

const size = { timesteps: 30, features: 8, units: 64, batchSize: 32 };

const runtime = await startWasm();
const model = layersModel(size);
const steps = [layersStep(model), retraceStep(model, size.timesteps)];
const batch = randomNormal([size.batchSize, size.timesteps, size.features], 0, 1, 'float32', 1) as Tensor3D;

const losses = [];
for (const step of steps) losses.push(await step.run(batch));
// Both start from the same weights, so a difference beyond rounding means they do not do the same work.
if (Math.abs(losses[0]! - losses[1]!) > 1e-5 * losses[0]!)
  throw new Error(`the two steps compute different losses: ${losses.join(' and ')}`);

const times = await medianTimes(
  steps.map((step) => () => step.run(batch)),
  { warmUp: 5, rounds: 30 },
);
console.log(
  `One training step of an LSTM autoencoder (forward, backward, Adam); timesteps ${size.timesteps}, ` +
    `features ${size.features}, units ${size.units}, batch ${size.batchSize}; ${runtime.device}; Node ${process.version}`,
);
console.table(
  steps.map(({ library }, index) => ({
    library,
    'median ms': Number(times[index]!.toFixed(2)),
    'times faster': Number((times[0]! / times[index]!).toFixed(2)),
  })),
);

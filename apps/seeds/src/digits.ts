import { composite, createModel, type ModelSpec, predict, reconstruct } from '@retrace/models';
import { createRandom } from '@retrace/random';
import { fit } from '@retrace/training';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { medianAtMost } from './bar.ts';
import { readDigitImages } from './digit-images.ts';
import type { Experiment, Figure } from './experiment.ts';
import { framePixels, frames, movingDigits } from './moving-digits.ts';

const epochs = 8;
const trained = 4000;
const tested = { images: 400, windows: 1000 };

const shape = { timesteps: frames, features: framePixels, units: [256], bridge: 'state' } as const;
const future = { horizon: frames };
const networks: readonly (readonly [string, ModelSpec])[] = [
  ['reconstruct', reconstruct(shape)],
  ['reconstruct, reversed', reconstruct({ ...shape, reversed: true })],
  ['predict', predict({ ...shape, ...future })],
  ['predict, conditional', predict({ ...shape, ...future, conditional: true })],
  ['composite', composite({ ...shape, ...future, reversed: true })],
  ['composite, conditional', composite({ ...shape, ...future, reversed: true, conditional: true })],
];

export const digits: Experiment = {
  name: 'digits',
  title: 'Moving digits (Srivastava et al. 2015, in small)',
  setting:
    'One handwritten digit of 8 × 8 pixels moves by a pixel a frame in a frame of 16 × 16 and bounces; 10 frames in, 10 out. ' +
    'LSTM 256, decoders from the encoder’s states, 8 epochs of 4,000 windows in batches of 32, Adam at 0.002, gradients clipped at 1; ' +
    'the composite reconstructs in reverse; conditional decoders are taught less each epoch, from the fifth on not at all. Squared error ' +
    'summed over a frame, on 1,000 windows of 400 images that were not trained on; the paper’s own figures are of another size.',
  seeds: 1,
  needsData: true,
  onDemand: true,
  async run(seeds) {
    const images = await readDigitImages();
    const order = createRandom(0).fork('images').permutation(images.length);
    const test = movingDigits({
      images,
      chosen: order.subarray(0, tested.images),
      length: tested.windows,
      seed: 0,
    });
    const batch = test.batch(Array.from({ length: tested.windows }, (_, k) => k));
    const measured = new Map<string, number[]>();
    for (const seed of seeds) {
      const train = movingDigits({ images, chosen: order.subarray(tested.images), length: trained, seed });
      for (const [name, spec] of networks) {
        const outputs = await trainAndRun(spec, train, batch, seed);
        for (const [head, output] of Object.entries(outputs)) {
          const error = frameError(output, head === 'prediction' ? batch.target! : batch.input);
          const metric = `${name}: ${head === 'prediction' ? 'future' : 'past'}`;
          measured.set(metric, [...(measured.get(metric) ?? []), error]);
          console.log(`  ${metric} ${error.toFixed(2)}`);
        }
      }
    }
    const figures = [...measured].map(([metric, values]): Figure => {
      const bars = metric.endsWith('future') ? [medianAtMost(6)] : [];
      return { metric, values, bars };
    });
    return { figures: [...baselines(batch), ...figures] };
  },
};

async function trainAndRun(spec: ModelSpec, train: Windows, batch: WindowBatch, seed: number) {
  const model = createModel(spec, { seed });
  await fit(model, train, {
    epochs,
    batchSize: 32,
    optimizer: { kind: 'adam', learningRate: 0.002 },
    clipNorm: 1,
    teacherForcing: (epoch) => Math.max(0, 1 - (epoch - 1) / (epochs / 2)),
    seed,
  });
  const outputs = await model.run(batch);
  model.dispose();
  return outputs;
}

/** The squared error summed over the pixels of a frame, the mean over all frames. */
function frameError(actual: ArrayLike<number>, expected: Float32Array): number {
  return (
    expected.reduce((sum, value, k) => sum + (actual[k]! - value) ** 2, 0) / (expected.length / framePixels)
  );
}

/** What the networks must beat: the last frame in, the mean frame of the window, and that of all windows. */
function baselines({ size, input, target }: WindowBatch): Figure[] {
  const width = frames * framePixels;
  const windowMeans = new Float32Array(size * framePixels);
  const pixelMeans = new Float32Array(framePixels);
  for (const [k, value] of input.entries()) {
    windowMeans[Math.floor(k / width) * framePixels + (k % framePixels)]! += value / frames;
    pixelMeans[k % framePixels]! += value / frames / size;
  }
  const error = (at: (k: number) => number) =>
    frameError(
      target!.map((_, k) => at(k)),
      target!,
    );
  const last = (k: number) =>
    input[Math.floor(k / width) * width + (frames - 1) * framePixels + (k % framePixels)]!;
  return [
    { metric: 'the last frame: future', values: [error(last)] },
    {
      metric: 'the window’s mean frame: future',
      values: [error((k) => windowMeans[Math.floor(k / width) * framePixels + (k % framePixels)]!)],
    },
    { metric: 'the mean frame: future', values: [error((k) => pixelMeans[k % framePixels]!)] },
  ];
}

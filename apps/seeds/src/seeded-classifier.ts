import { classifier, createModel, reconstruct, type SequenceModel } from '@retrace/models';
import { createRandom } from '@retrace/random';
import { fit } from '@retrace/training';
import { arrayWindows, type Windows } from '@retrace/windowing';
import { type DigitImages, readDigitImages } from './digit-images.ts';
import type { Experiment } from './experiment.ts';

const shape = { timesteps: 8, features: 8, units: [64] };
const labelCounts = [10, 50, 250];
const tested = 500;
const updates = 400;
const batchSize = 25;

export const seededClassifier: Experiment = {
  name: 'classifier',
  title: 'A classifier seeded by a trained encoder (Srivastava et al. 2015)',
  setting:
    'Handwritten digits as 8 steps of 8 pixels; LSTM 64; the autoencoder trains 40 epochs on 1,297 images without labels, ' +
    'the classifier 400 updates on 10, 50 or 250 labels; accuracy on 500 other images.',
  seeds: 5,
  needsData: true,
  async run(seeds) {
    const images = await readDigitImages();
    const accuracies = new Map<string, number[]>();
    for (const seed of seeds) {
      const order = createRandom(seed).fork('images').permutation(images.length);
      const test = windowsOf(images, order.subarray(0, tested));
      const rest = order.subarray(tested);
      const autoencoder = createModel(reconstruct(shape), { seed });
      const optimizer = { kind: 'adam', learningRate: 0.003 } as const;
      await fit(autoencoder, windowsOf(images, rest), { epochs: 40, batchSize: 64, optimizer, seed });
      for (const labels of labelCounts) {
        for (const [start, encoderFrom, frozen] of [
          ['random start', undefined, false],
          ['seeded, fine-tuned', autoencoder, false],
          ['seeded, frozen', autoencoder, true],
        ] as const) {
          const spec = classifier({ ...shape, classes: 10, frozen });
          const model = createModel(spec, { seed, ...(encoderFrom && { encoderFrom }) });
          const few = windowsOf(images, rest.subarray(0, labels));
          const epochs = Math.ceil(updates / Math.ceil(labels / batchSize));
          await fit(model, few, { epochs, batchSize, optimizer, seed });
          const metric = `${labels} labels, ${start}: accuracy`;
          accuracies.set(metric, [...(accuracies.get(metric) ?? []), await accuracyOf(model, test)]);
          model.dispose();
        }
      }
      autoencoder.dispose();
    }
    return { figures: [...accuracies].map(([metric, values]) => ({ metric, values })) };
  },
};

function windowsOf({ pixels, digits }: DigitImages, indices: Uint32Array): Windows {
  const input = new Float32Array(indices.length * 64);
  for (const [slot, image] of indices.entries())
    input.set(pixels.subarray(image * 64, (image + 1) * 64), slot * 64);
  return arrayWindows({
    input,
    shape: [indices.length, 8, 8],
    label: Array.from(indices, (image) => digits[image]!),
  });
}

async function accuracyOf(model: SequenceModel, windows: Windows): Promise<number> {
  const batch = windows.batch(Array.from({ length: windows.length }, (_, k) => k));
  const { probabilities } = await model.run(batch);
  let right = 0;
  for (let k = 0; k < batch.size; k++) {
    const of = probabilities!.subarray(k * 10, (k + 1) * 10);
    if (of.indexOf(Math.max(...of)) === batch.label![k]) right++;
  }
  return right / batch.size;
}

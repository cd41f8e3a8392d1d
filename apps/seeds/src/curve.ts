import { createModel, type ModelSpec, reconstruct, sequence } from '@retrace/models';
import { fit } from '@retrace/training';
import { createSeries, slidingWindows, temporalize } from '@retrace/windowing';
import { allEqual, bestAtMost, medianAtMost } from './bar.ts';
import { largestError } from './errors.ts';
import type { Experiment } from './experiment.ts';
import { kerasResults } from './keras-results.ts';

const rows = Array.from({ length: 9 }, (_, row) => (row + 1) / 10);
const curve = createSeries({
  id: 'curve',
  features: ['x', 'cube'],
  time: rows.map((_, row) => row),
  values: rows.flatMap((x) => [x, x ** 3]),
});
const windows = temporalize(curve, { lookback: 3 });
const { input } = windows.batch([0, 1, 2, 3, 4]);
const network = { timesteps: 3, features: 2, activation: 'relu' } as const;

async function measure(
  spec: ModelSpec,
  seeds: readonly number[],
): Promise<{ parameters: number[]; errors: number[] }> {
  const parameters: number[] = [];
  const errors: number[] = [];
  for (const seed of seeds) {
    const model = createModel(spec, { seed });
    await fit(model, windows, { epochs: 300, batchSize: 5, seed });
    const { reconstruction } = await model.run({ size: 5, input });
    errors.push(largestError(reconstruction!, input));
    parameters.push(model.parameters);
    model.dispose();
  }
  return { parameters, errors };
}

export const temporalizedWindows: Experiment = {
  name: 'temporalize',
  title: '`temporalize` on the 9 × 2 table (Ranjan)',
  setting:
    'Lookback 3: the published (5, 3, 2) array, which skips two rows, and plain windows, which skip none.',
  seeds: 1,
  async run() {
    const first = [0.3, 0.027, 0.4, 0.064, 0.5, 0.125];
    const published = Array.from({ length: 5 }, (_, window) =>
      [3, 4, 5].flatMap((row) => [(row + window) / 10, ((row + window) / 10) ** 3]),
    );
    const difference = largestError(input, Float32Array.from(published.flat()));
    return {
      figures: [
        { metric: 'windows', published: 5, values: [windows.length], bars: [allEqual(5)] },
        { metric: 'largest difference from the published array', values: [difference], bars: [allEqual(0)] },
        {
          metric: 'plain windows',
          values: [slidingWindows([curve], { lookback: 3 }).length],
          bars: [allEqual(7)],
        },
      ],
      notes: [`The first window is ${first.join(', ')}; the rows (0.1, 0.001) and (0.2, 0.008) are in none.`],
    };
  },
};

export const stackedCurve: Experiment = {
  name: 'stacked',
  title: 'Stacked 128 / 64 / 64 / 128 (Ranjan)',
  setting: 'Five windows of (3, 2), relu, batch 5, 300 epochs.',
  seeds: 20,
  async run(seeds) {
    const { parameters, errors } = await measure(reconstruct({ ...network, units: [128, 64] }), seeds);
    return {
      figures: [
        { metric: 'weights', published: 248_578, values: parameters, bars: [allEqual(248_578)] },
        {
          metric: 'largest error',
          published: 0.023,
          values: errors,
          keras: kerasResults('stacked', 'error'),
          bars: [medianAtMost(0.04), bestAtMost(0.025)],
        },
      ],
    };
  },
};

export const plainSequence: Experiment = {
  name: 'sequence',
  title: 'The plain sequence network beside it (Ranjan)',
  setting: 'The same layers, all returning sequences.',
  seeds: 20,
  async run(seeds) {
    const { parameters, errors } = await measure(sequence({ ...network, units: [128, 64, 64, 128] }), seeds);
    return {
      figures: [
        { metric: 'weights', published: 248_578, values: parameters, bars: [allEqual(248_578)] },
        {
          metric: 'largest error',
          published: 0.007,
          values: errors,
          keras: kerasResults('sequence', 'error'),
        },
      ],
    };
  },
};

import { createModel, latentTarget, reconstruct } from '@retrace/models';
import { createRandom } from '@retrace/random';
import { lastValue, meanDistance, pca, rocAuc } from '@retrace/scoring';
import { fit } from '@retrace/training';
import { arrayWindows, type Windows } from '@retrace/windowing';
import { allEqual } from './bar.ts';
import type { Experiment, Figure } from './experiment.ts';
import { fleetWindows, lookback } from './fleet-windows.ts';
import { kerasResults } from './keras-results.ts';
import { windowScores } from './window-scores.ts';

const dense = [64, 32, 64].map((units) => ({ units, activation: 'relu' as const }));
const network = { timesteps: 9, features: 1, units: [100] };
const ramp = Float32Array.from({ length: 9 }, (_, step) => (step + 1) / 10);
const random = createRandom(0);
const inputs: readonly (readonly [string, Windows])[] = [
  ['(1, 9, 1)', arrayWindows({ input: ramp, shape: [1, 9, 1] })],
  [
    '(100, 9, 1)',
    arrayWindows({ input: Float32Array.from({ length: 900 }, () => random.uniform()), shape: [100, 9, 1] }),
  ],
];

export const latentTargets: Experiment = {
  name: 'latent-target',
  title: 'The encoder’s own output as target, by an added loss',
  setting:
    'LSTM 100, then dense 64, 32, 64 relu and 100; mean squared error; 100 epochs of one batch; the guard warns when ' +
    'the target’s variance falls under half.',
  seeds: 5,
  async run(seeds) {
    const figures: Figure[] = [];
    for (const [name, windows] of inputs) {
      for (const stopGradient of [false, true]) {
        const falls: number[] = [];
        const warnings: number[] = [];
        for (const seed of seeds) {
          const model = createModel(latentTarget({ ...network, dense, stopGradient }), { seed });
          let warned = 0;
          const { history } = await fit(model, windows, {
            epochs: 100,
            batchSize: 100,
            seed,
            onWarning: (text) => {
              if (text.includes('shrinking')) warned++;
            },
          });
          falls.push(history.slice(1, 11).filter(({ loss }, k) => loss < history[k]!.loss).length);
          warnings.push(warned);
          model.dispose();
        }
        const which = `${name}${stopGradient ? ', stopGradient' : ''}`;
        const keras = kerasResults(
          'latent_target',
          `${windows.length === 1 ? 'one' : 'hundred'}${stopGradient ? 'Stopped' : ''}Falls`,
        );
        figures.push(
          { metric: `${which}: falls of the loss in 10 epochs`, values: falls, keras, bars: [allEqual(10)] },
          {
            metric: `${which}: warnings of collapse`,
            values: warnings,
            bars: [allEqual(stopGradient ? 0 : 1)],
          },
        );
      }
    }
    const model = createModel(latentTarget({ ...network, dense }));
    const { output } = await model.run({ size: 1, input: ramp });
    model.dispose();
    return {
      figures: [
        {
          metric: 'numbers in the output of one window',
          published: 100,
          values: [output!.length],
          bars: [allEqual(100)],
        },
        ...figures,
      ],
    };
  },
};

export const latentTargetOnFleet: Experiment = {
  name: 'latent-target-fleet',
  title: 'The latent error as a score, on simulated pumps',
  setting:
    'ROC-AUC over windows of 20 rows of unseen pumps; LSTM 16, 15 epochs of batches of 128, on normal windows; beside ' +
    'the reconstruction error of an autoencoder of the same encoder, and simple baselines.',
  seeds: 3,
  async run(seeds) {
    const { train, test } = await fleetWindows();
    const shape = { timesteps: lookback, features: train.features.length, units: [16] };
    const options = {
      epochs: 15,
      batchSize: 128,
      optimizer: { kind: 'adam', learningRate: 0.005 },
      clipNorm: 1,
    } as const;
    const aucs = { latent: [] as number[], fixed: [] as number[], reconstruct: [] as number[] };
    for (const seed of seeds) {
      for (const [name, spec] of [
        ['latent', latentTarget({ ...shape, dense })],
        ['fixed', latentTarget({ ...shape, dense, stopGradient: true })],
        ['reconstruct', reconstruct(shape)],
      ] as const) {
        const model = createModel(spec, { seed });
        await fit(model, train, { ...options, seed });
        const scored = await windowScores(test, async (batch) => {
          const { output, target, reconstruction } = await model.run(batch);
          return { actual: output ?? reconstruction!, expected: target ?? batch.input };
        });
        aucs[name].push(rocAuc([scored])!);
        model.dispose();
      }
    }
    const baselines: Figure[] = [];
    for (const baseline of [lastValue(train), meanDistance(train), pca(train)]) {
      const scored = await windowScores(test, async (batch) => ({
        actual: baseline.reconstruct(batch),
        expected: batch.input,
      }));
      baselines.push({ metric: `${baseline.name}: ROC-AUC`, values: [rocAuc([scored])!] });
    }
    return {
      figures: [
        { metric: 'latent error: ROC-AUC', values: aucs.latent },
        { metric: 'latent error, stopGradient: ROC-AUC', values: aucs.fixed },
        { metric: 'reconstruction error: ROC-AUC', values: aucs.reconstruct },
        ...baselines,
      ],
    };
  },
};

import { createModel, reconstruct } from '@retrace/models';
import { trainingChart } from '@retrace/report';
import { readSeries } from '@retrace/tables';
import { type EpochLog, fit } from '@retrace/training';
import { createDataset, subsetWindows } from '@retrace/windowing';
import { allEqual, medianAtLeast, medianAtMost, medianBetween, rangeHolds } from './bar.ts';
import { dataFile } from './data-folder.ts';
import { meanSquare } from './errors.ts';
import type { Experiment } from './experiment.ts';
import { kerasResults } from './keras-results.ts';

const seen = Float32Array.of(1, 0.7, 2, 0.86, 2.9, 0.85, 4.1, 0.64, 5, 0.89);
const unseen = Float32Array.of(1, 0.74, 6, 0.6, 7, 0.96, 8, 0.42, 5, 0.85);
const spec = reconstruct({ timesteps: 5, features: 2, units: [128], dropout: 0.2 });

export const twoFeatures: Experiment = {
  name: 'two-features',
  title: 'Two unscaled features, windows of five rows (Mushtaq)',
  setting:
    'LSTM 128 and dropout 0.2, twice; mean absolute error; the last 2 of 20 windows validate; no shuffling; patience 3, ' +
    'last weights kept; the mean squared error of a probe like the rows and of one unlike them.',
  seeds: 40,
  needsData: true,
  async run(seeds) {
    const [series] = await readSeries(dataFile('seed-2d-lstm', 'Sample.csv'), {
      features: ['Class', 'Confidence'],
    });
    const windows = createDataset(series!, { lookback: 5 });
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);
    const train = subsetWindows(windows, range(0, 18));
    const validation = subsetWindows(windows, range(18, 20));
    const epochs: number[] = [];
    const parameters: number[] = [];
    const near: number[] = [];
    const far: number[] = [];
    let shown: readonly EpochLog[] = [];
    for (const seed of seeds) {
      const model = createModel(spec, { seed });
      const { history } = await fit(model, train, {
        epochs: 100,
        loss: 'mae',
        validation,
        shuffle: false,
        earlyStopping: { patience: 3, restoreBest: false },
        seed,
      });
      if (shown.length === 0) shown = history;
      epochs.push(history.length);
      parameters.push(model.parameters);
      for (const [probe, errors] of [
        [seen, near],
        [unseen, far],
      ] as const) {
        errors.push(meanSquare((await model.run({ size: 1, input: probe })).reconstruction!, probe));
      }
      model.dispose();
    }
    const keras = (figure: string) => kerasResults('two_features', figure);
    return {
      figures: [
        { metric: 'weights', published: 198_914, values: parameters, bars: [allEqual(198_914)] },
        {
          metric: 'epochs',
          published: 12,
          values: epochs,
          keras: keras('epochs'),
          bars: [medianBetween(11, 14)],
        },
        {
          metric: 'error of the seen probe',
          published: 0.0977,
          values: near,
          keras: keras('seen'),
          bars: [medianAtMost(0.17), rangeHolds(0.0977)],
        },
        {
          metric: 'error of the unseen probe',
          published: 2.5207,
          values: far,
          keras: keras('unseen'),
          bars: [rangeHolds(2.5207)],
        },
        {
          metric: 'unseen / seen',
          published: 25.8,
          values: near.map((error, k) => far[k]! / error),
          keras: keras('ratio'),
          bars: [medianAtLeast(14)],
        },
      ],
      pictures: [
        {
          name: 'two-features',
          svg: trainingChart(shown, { width: 720 }),
          caption: 'Losses of the first seed',
        },
      ],
    };
  },
};

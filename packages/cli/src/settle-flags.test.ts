import { suggest } from '@retrace/detector';
import { createSeries } from '@retrace/windowing';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { settleFlags } from './settle-flags.ts';
import { addTrainFlags, type TrainFlags } from './train-flags.ts';

const minute = 60_000;
const series = createSeries({
  id: 'pump',
  features: ['flow', 'pressure'],
  time: Float64Array.from({ length: 500 }, (_, row) => row * minute),
  values: Float64Array.from({ length: 1000 }, (_, cell) => Math.sin(cell / 7)),
});
const train = { ...series, time: series.time.slice(0, 300), values: series.values.slice(0, 600) };
const suggestion = suggest([train]);

function settled(...argv: readonly string[]) {
  const command = new Command();
  addTrainFlags(command);
  return settleFlags(command.parse(argv, { from: 'user' }).opts<TrainFlags>(), [series]);
}

describe('settleFlags', () => {
  it('takes all that is left open from what the training rows suggest', () => {
    const { model, training, detector } = suggestion;
    const { windows: _, ...scored } = detector;
    expect(settled()).toMatchObject({
      lookback: 32,
      stride: training.windows.stride,
      scoreStride: detector.windows.stride,
      units: [64],
      bottleneck: model.bottleneck!.units,
      epochs: training.fit.epochs,
      clipNorm: 1,
      learningRate: 0.003,
      patience: 20,
      scored,
    });
  });

  it('leaves what is given, and fits the rest to it', () => {
    expect(settled('--stride', '2', '--units', '8', '--epochs', '3', '--lookback', '16')).toMatchObject({
      lookback: 16,
      stride: 2,
      scoreStride: 2,
      units: [8],
      epochs: 3,
      scored: { scorer: { smoothing: { halfLife: 4 } }, anomalies: { mergeGap: 8 * minute } },
    });
    expect(settled('--units', '8')).not.toHaveProperty('bottleneck');
    expect(settled('--bottleneck', '5', '--units', '8').bottleneck).toBe(5);
    expect(settled('--stride', '2', '--score-stride', '1').scoreStride).toBe(1);
    expect(settled('--optimizer', 'sgd')).not.toHaveProperty('learningRate');
    expect(settled('--validation', '0')).not.toHaveProperty('patience');
  });

  it.each([
    [['--smooth', 'none'], { kind: 'standardised', centered: false, prior: { rows: 50, spread: 1 } }],
    [
      ['--smooth', 'median:rows=3', '--scorer', 'mse'],
      { kind: 'mse', smoothing: { kind: 'median', rows: 3 } },
    ],
    [['--scaler', 'robust', '--smooth', 'none'], { kind: 'standardised', centered: false }],
    [['--model', 'latent-target', '--smooth', 'none'], {}],
    [['--loss', 'gaussian', '--smooth', 'none'], {}],
  ])('with %j scores by %j', (argv, scorer) => {
    expect(settled(...argv).scored.scorer).toEqual(scorer);
  });

  it.each([
    [['--quantile', '0.9'], { kind: 'quantile', q: 0.9 }],
    [['--threshold', 'mad:k=4'], { kind: 'mad', k: 4 }],
    [['--threshold', 'quantile:q=0.9,standardErrors=2'], { kind: 'quantile', q: 0.9, standardErrors: 2 }],
  ])('with %j has the threshold %j', (argv, threshold) => {
    expect(settled(...argv).scored.threshold).toEqual(threshold);
  });
});

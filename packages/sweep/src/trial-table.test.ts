import { describe, expect, it } from 'vitest';
import { base } from '../fixtures/waves.ts';
import {
  type FinishedTrial,
  gridOf,
  type Trial,
  type TrialConfig,
  trialCurves,
  trialTable,
} from './index.ts';

const labelled = { rocAuc: null, averagePrecision: null, pointF1: null, eventF1: null, alarmShare: null };
const mean = (value: number, spread: number | null = null) => ({ mean: value, spread });

function trial(config: TrialConfig, loss: number, more: object = {}, fits = 1): FinishedTrial {
  const rest = { trainingLoss: mean(0), epochs: mean(4), parameters: mean(50), seconds: mean(1.5) };
  return {
    config,
    metrics: { loss: mean(loss, fits > 1 ? 0.1 : null), ...rest, ...labelled, ...more },
    fits: Array.from({ length: fits }, () => ({}) as never),
    files: [],
  };
}

const failed = (config: TrialConfig): Trial => ({
  config,
  error: { code: 'RETRACE_NOT_FINITE', message: '', details: {} },
});
const grid = gridOf(base, { 'windows.lookback': [20, 5], 'model.units': [[16, 8], [4]] });

describe('trialTable(trials)', () => {
  it('has a column for each part in which configurations differ, and one for the loss', () => {
    const trials = grid.map((config, k) => trial(config, k));
    expect(trialTable(trials)).toEqual({
      columns: ['units', 'lookback', 'loss', 'weights', 'epochs', 'seconds'],
      rows: [
        ['16x8', 20, 0, 50, 4, 1.5],
        ['4', 20, 1, 50, 4, 1.5],
        ['16x8', 5, 2, 50, 4, 1.5],
        ['4', 5, 3, 50, 4, 1.5],
      ],
    });
  });

  it('shows spreads, metrics on labels and errors only where there are some', () => {
    const [first, second] = gridOf(base, { seed: [1, 2] }) as [TrialConfig, TrialConfig];
    const trials = [trial(first, 1, { averagePrecision: mean(0.5), eventF1: null }, 3), failed(second)];
    expect(trialTable(trials)).toEqual({
      columns: ['seed', 'loss', '±', 'AP', 'weights', 'epochs', 'seconds', 'error'],
      rows: [
        [1, 1, 0.1, 0.5, 50, 4, 1.5, null],
        [2, null, null, null, null, null, null, 'RETRACE_NOT_FINITE'],
      ],
    });
  });

  it('writes fractions of configurations as they are', () => {
    const configs = gridOf(base, { 'fit.optimizer.learningRate': [0.001, 1e-7, 1] });
    const { rows } = trialTable(configs.map((config) => trial(config, 1)));
    expect(rows.map(([rate]) => rate)).toEqual(['0.001', '1e-7', 1]);
  });

  it('names a part by its whole path where another ends the same, and absent parts by nothing', () => {
    const configs = [
      { ...base, scaler: { kind: 'minmax' }, scorer: { kind: 'mse' } },
      { ...base, scorer: { kind: 'mae' } },
    ] as TrialConfig[];
    const { columns, rows } = trialTable(configs.map((config) => trial(config, 1)));
    expect(columns.slice(0, 2)).toEqual(['scaler.kind', 'scorer.kind']);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['minmax', 'mse'],
      [null, 'mae'],
    ]);
  });
});

describe('trialCurves(trials)', () => {
  it('runs along the first part that is a number, ascending, a curve for each of the others', () => {
    const trials = grid.map((config, k) => trial(config, k, {}, k === 3 ? 2 : 1));
    expect(trialCurves(trials)).toEqual({
      x: 'lookback',
      y: 'validation loss',
      ticks: ['5', '20'],
      curves: [
        {
          name: 'units 4',
          points: [
            { tick: 0, value: 3, spread: 0.1 },
            { tick: 1, value: 1, spread: null },
          ],
        },
        {
          name: 'units 16x8',
          points: [
            { tick: 0, value: 2, spread: null },
            { tick: 1, value: 0, spread: null },
          ],
        },
      ],
    });
  });

  it('takes another part and metric, and leaves out trials without it', () => {
    const trials = [
      trial(grid[0]!, 1, { averagePrecision: mean(0.5) }),
      trial(grid[1]!, 1),
      failed(grid[2]!),
    ];
    expect(trialCurves(trials, { path: 'model.units', metric: 'averagePrecision' })).toEqual({
      x: 'units',
      y: 'average precision',
      ticks: ['16x8', '4'],
      curves: [{ name: 'lookback 20', points: [{ tick: 0, value: 0.5, spread: null }] }],
    });
  });

  it('refuses a part in which configurations do not differ', () => {
    const trials = grid.map((config) => trial(config, 1));
    expect(() => trialCurves(trials, { path: 'seed' })).toThrow(
      '`path` must be one at which the configurations differ (model.units, windows.lookback). Received: "seed".',
    );
    expect(() => trialCurves(trials.slice(0, 1))).toThrow('differ (none)');
  });
});

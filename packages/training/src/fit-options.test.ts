import { isRetraceError } from '@retrace/errors';
import { describe, expect, it } from 'vitest';
import { parseFitOptions } from './fit-options.ts';

/** Options as a caller without types may pass them. */
const parse = (options: object) => parseFitOptions(options as Parameters<typeof parseFitOptions>[0]);

describe('parseFitOptions(options)', () => {
  it('fills in the defaults', () => {
    expect(parse({ epochs: 3 })).toMatchObject({
      epochs: 3,
      batchSize: 32,
      optimizer: {
        kind: 'adam',
        learningRate: { kind: 'constant', initial: 1e-3 },
        weightDecay: 0,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-7,
      },
      clip: undefined,
      accumulate: 1,
      loss: { kind: 'mse' },
      shuffle: true,
      seed: 0,
    });
    expect(parse({ epochs: 1, loss: 'huber' }).loss).toEqual({ kind: 'huber', delta: 1 });
    expect(parse({ epochs: 1, earlyStopping: { patience: 2 } }).earlyStopping).toEqual({
      patience: 2,
      minDelta: 0,
      restoreBest: true,
    });
    expect(parse({ epochs: 1, earlyStopping: false }).earlyStopping).toBeUndefined();
  });

  it.each([
    ['epochs', {}],
    ['epochs', { epochs: 0 }],
    ['epochs', { epochs: 1.5 }],
    ['batchSize', { batchSize: 0 }],
    ['batchSize', { batchSize: Number.NaN }],
    ['optimizer.kind', { optimizer: { kind: 'adan' } }],
    ['optimizer', { optimizer: 'adam' }],
    ['optimizer', { optimizer: { kind: 'adam', lerningRate: 1 } }],
    ['optimizer.learningRate', { optimizer: { kind: 'adam', learningRate: -1 } }],
    ['optimizer.learningRate', { optimizer: { kind: 'adam', learningRate: Infinity } }],
    ['optimizer.beta1', { optimizer: { kind: 'adam', beta1: 1 } }],
    ['optimizer.beta2', { optimizer: { kind: 'adam', beta2: 1 } }],
    ['optimizer.epsilon', { optimizer: { kind: 'adam', epsilon: 0 } }],
    ['optimizer.weightDecay', { optimizer: { kind: 'adam', weightDecay: -1 } }],
    ['optimizer.momentum', { optimizer: { kind: 'sgd', momentum: 1 } }],
    ['optimizer.nesterov', { optimizer: { kind: 'sgd', nesterov: 1 } }],
    ['optimizer', { optimizer: { kind: 'sgd', beta1: 0.9 } }],
    ['optimizer.rho', { optimizer: { kind: 'rmsprop', rho: 1 } }],
    ['optimizer.centered', { optimizer: { kind: 'rmsprop', centered: 'yes' } }],
    ['optimizer', { optimizer: { kind: 'rmsprop', nesterov: true } }],
    ['optimizer', { optimizer: { kind: 'nadam', momentum: 0.9 } }],
    ['optimizer.learningRate.kind', { optimizer: { kind: 'sgd', learningRate: { kind: 'linear' } } }],
    ['optimizer.learningRate', { optimizer: { kind: 'sgd', learningRate: { kind: 'step', rate: 1 } } }],
    [
      'optimizer.learningRate.initial',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'cosine', steps: 9 } } },
    ],
    [
      'optimizer.learningRate.steps',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'cosine', initial: 1, steps: 0 } } },
    ],
    [
      'optimizer.learningRate.warmup',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'cosine', initial: 1, steps: 9, warmup: -1 } } },
    ],
    [
      'optimizer.learningRate.factor',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'step', initial: 1, steps: 9 } } },
    ],
    [
      'optimizer.learningRate.rate',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'exponential', initial: 1, steps: 9 } } },
    ],
    [
      'optimizer.learningRate.factor',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'plateau', initial: 1, factor: 1 } } },
    ],
    [
      'optimizer.learningRate.patience',
      { optimizer: { kind: 'sgd', learningRate: { kind: 'plateau', initial: 1, patience: 0 } } },
    ],
    ['accumulate', { accumulate: 0 }],
    ['clipNorm', { clipNorm: 0 }],
    ['clipValue', { clipNorm: 1, clipValue: 1 }],
    ['loss', { loss: 'rmse' }],
    ['loss', { loss: null }],
    ['loss.kind', { loss: { kind: 'mse', delta: 1 } }],
    ['loss.delta', { loss: { kind: 'huber' } }],
    ['loss.delta', { loss: { kind: 'huber', delta: 0 } }],
    ['validation', { validation: 0 }],
    ['validation', { validation: 1 }],
    ['validation', { validation: null }],
    ['earlyStopping', { earlyStopping: true }],
    ['earlyStopping.patience', { earlyStopping: {} }],
    ['earlyStopping.patience', { earlyStopping: { patience: 0 } }],
    ['earlyStopping.minDelta', { earlyStopping: { patience: 1, minDelta: -1 } }],
    ['earlyStopping.restoreBest', { earlyStopping: { patience: 1, restoreBest: 'yes' } }],
    ['shuffle', { shuffle: 'yes' }],
    ['seed', { seed: -1 }],
    ['signal', { signal: true }],
    ['signal', { signal: null }],
    ['onStep', { onStep: 'log' }],
    ['onEpoch', { onEpoch: {} }],
    ['onWarning', { onWarning: 1 }],
    ['options', { batchsize: 8 }],
    ['options', { learningRate: 0.1 }],
  ])('refuses `%s` in %o', (argument, options) => {
    let thrown: unknown;
    try {
      parse(Object.keys(options).length > 0 && !('epochs' in options) ? { epochs: 1, ...options } : options);
    } catch (error) {
      thrown = error;
    }
    expect(isRetraceError(thrown, 'RETRACE_INVALID_ARGUMENT')).toBe(true);
    expect(thrown).toMatchObject({ details: { argument } });
  });
});

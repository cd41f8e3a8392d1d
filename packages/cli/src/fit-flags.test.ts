import { arrayWindows } from '@retrace/windowing';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';
import { addFitFlags, type FitFlags, toFitPlan } from './fit-flags.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const windows = arrayWindows({ input: new Float32Array(100), shape: [100, 1, 1] });

function plan(...argv: readonly string[]) {
  const command = new Command();
  addFitFlags(command);
  return toFitPlan(windows, { epochs: 20, ...command.parse(argv, { from: 'user' }).opts<FitFlags>() });
}

describe('toFitPlan', () => {
  it('leaves to Adam what no flag says', () => {
    const { windows: train, options } = plan();
    expect(train.length).toBe(90);
    expect(options).toMatchObject({
      epochs: 20,
      batchSize: 32,
      accumulate: 1,
      loss: 'mse',
      optimizer: { kind: 'adam', learningRate: 0.001, weightDecay: 0 },
      validation: { length: 10 },
      seed: 0,
    });
    expect(plan('--validation', '0').windows.length).toBe(100);
  });

  it.each([
    ['adam:beta1=0.8,beta2=0.99,epsilon=1e-6', { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-6 }],
    ['adamax', { kind: 'adamax', learningRate: 0.001 }],
    ['nadam', { kind: 'nadam', learningRate: 0.001 }],
    ['sgd:momentum=0.9,nesterov=true', { kind: 'sgd', momentum: 0.9, nesterov: true, learningRate: 0.01 }],
    ['rmsprop:rho=0.8,centered=false', { kind: 'rmsprop', rho: 0.8, centered: false }],
  ])('takes --optimizer %s', (text, optimizer) => {
    expect(plan('--optimizer', text).options.optimizer).toMatchObject(optimizer);
  });

  it.each([
    ['mae', 'mae'],
    ['huber', 'huber'],
    ['huber:delta=0.5', { kind: 'huber', delta: 0.5 }],
    ['log-cosh', 'logCosh'],
  ])('takes --loss %s', (text, loss) => {
    expect(plan('--loss', text).options.loss).toEqual(loss);
  });

  it('takes noise, weight decay, accumulation and clipping', () => {
    const flags = ['--noise', 'deviation=0.1,drop=0.05', '--weight-decay', '0.01', '--accumulate', '4'];
    expect(plan(...flags, '--clip-norm', '1', '--patience', '3').options).toMatchObject({
      noise: { deviation: 0.1, drop: 0.05 },
      optimizer: { weightDecay: 0.01 },
      accumulate: 4,
      clipNorm: 1,
      earlyStopping: { patience: 3 },
    });
  });

  // 90 windows in batches of 8 are 12, and in steps of 5 batches 3.
  const length = ['--batch-size', '8', '--accumulate', '5', '--epochs', '10', '--learning-rate', '0.1'];
  it.each([
    ['step:every=2epochs,factor=0.5', { kind: 'step', steps: 6, factor: 0.5 }],
    ['step:every=7steps,factor=0.5', { kind: 'step', steps: 7, factor: 0.5 }],
    ['exponential:every=1epoch,factor=0.9', { kind: 'exponential', steps: 3, rate: 0.9 }],
    ['cosine', { kind: 'cosine', warmup: 0, steps: 30 }],
    ['cosine:warmup=2epochs', { kind: 'cosine', warmup: 6, steps: 24 }],
    [
      'cosine:warmup=1step,over=4epochs,start=0.01,final=1e-3',
      { kind: 'cosine', warmup: 1, steps: 12, start: 0.01, final: 0.001 },
    ],
    ['plateau', { kind: 'plateau' }],
    [
      'plateau:patience=5epochs,factor=0.2,min-delta=0,cooldown=2epochs,least=1e-5',
      { kind: 'plateau', patience: 5, factor: 0.2, minDelta: 0, cooldown: 2, least: 1e-5 },
    ],
  ])('counts the steps of --schedule %s', (text, schedule) => {
    const { optimizer } = plan('--schedule', text, ...length).options;
    expect(optimizer).toEqual({
      kind: 'adam',
      weightDecay: 0,
      learningRate: { initial: 0.1, ...schedule },
    });
  });
});

describe('retrace train', () => {
  const csv = folder.write('pumps.csv', waveCsv());
  const small = ['--time', 'time', '--by', 'id', '--label', 'label', '--lookback', '8', '--units', '2'];
  const out = ['--out', `${folder.path}/new.retrace`, '--force', '--json'];
  const train = async (...flags: string[]) => {
    const { exitCode, stdout } = await runCaptured(['train', csv, ...small, ...flags, ...out]);
    return { exitCode, told: JSON.parse(stdout) };
  };

  it('lets the learning rate fall by the epochs that it trains', async () => {
    const schedule = ['--schedule', 'step:every=1epoch,factor=0.5', '--learning-rate', '0.08'];
    const { told } = await train(...schedule, '--accumulate', '3', '--epochs', '4', '--optimizer', 'rmsprop');
    const rates = told.training.history.map(({ learningRate }: { learningRate: number }) => learningRate);
    expect(rates).toEqual([0.08, 0.04, 0.02, 0.01]);
  });

  it.each([
    ['--optimizer', 'adm', "Did you mean 'adam'?"],
    ['--optimizer', 'sgd:beta1=0.9', '`--optimizer sgd` must be followed by settings'],
    [
      '--optimizer',
      'sgd:momentum=1',
      '`--optimizer sgd:momentum` must be a finite number from 0 to 0.9999999',
    ],
    ['--schedule', 'step:factor=0.5', '`--schedule` must be given with `every` and `factor`'],
    ['--schedule', 'step:every=10,factor=0.5', '`--schedule step:every` must be some steps or epochs'],
    ['--schedule', 'exponential:every=0steps,factor=0.5', 'such as 100steps or 5epochs'],
    ['--schedule', 'step:every=1epoch,factor=1.5', '`--schedule step:factor`'],
    ['--schedule', 'plateau:patience=100steps', '`--schedule plateau:patience` must be some epochs'],
    ['--weight-decay', '-1', '`--weight-decay`'],
    ['--accumulate', '0', '`--accumulate`'],
    ['--loss', 'mae:delta=1', '`--loss mae` must be given alone'],
    ['--loss', 'logcosh', "Did you mean 'log-cosh'?"],
    ['--noise', 'drop=1', '`--noise drop`'],
    ['--noise', '0.1', '`--noise` must be followed by settings'],
  ])('refuses %s %s, naming the flag', async (flag, value, message) => {
    const { exitCode, told } = await train(flag, value);
    expect([exitCode, told.error.code]).toEqual([2, 'RETRACE_INVALID_ARGUMENT']);
    expect(told.error.message).toContain(message);
  });

  it('refuses a warm-up as long as the training', async () => {
    const { exitCode, told } = await train('--schedule', 'cosine:warmup=2epochs', '--epochs', '2');
    expect([exitCode, told.error.code]).toEqual([2, 'RETRACE_COMMAND_LINE']);
    expect(told.error.message).toMatch(/`--schedule cosine:warmup` of (\d+) steps .* the training of \1\./);
  });
});

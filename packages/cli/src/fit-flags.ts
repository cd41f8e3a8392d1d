import type { FitOptions, LossSpec, NoiseSpec, OptimizerSpec } from '@retrace/training';
import { holdOutTail, type Windows } from '@retrace/windowing';
import { type Command, Option } from 'commander';
import { below1, type FlagParser, integerFlag, notNegative, numberFlag, positive } from './flag-values.ts';
import { kindFlag, settingsFlag } from './kind-flag.ts';
import { parseOptimizer } from './optimizer-flag.ts';
import { parseSchedule, type ScheduleFlag, scheduleOf } from './schedule-flag.ts';

/** The flags that decide how the weights come about. */
export interface FitFlags {
  readonly epochs?: number;
  readonly batchSize: number;
  readonly accumulate: number;
  readonly loss: LossSpec;
  readonly optimizer: OptimizerSpec;
  readonly learningRate?: number;
  readonly schedule?: ScheduleFlag;
  readonly weightDecay: number;
  readonly clipNorm?: number;
  readonly noise?: NoiseSpec;
  readonly validation: number;
  readonly patience?: number;
  readonly seed: number;
}

/** Adds the flags that decide how the weights come about. */
export function addFitFlags(command: Command): void {
  const integer = (name: string, min: number) => integerFlag(name, { min });
  command
    .optionsGroup('Training:')
    .option(
      '--epochs <count>',
      'the most passes over the windows (default: suggested)',
      integer('--epochs', 1),
    )
    .option('--batch-size <windows>', 'in a batch', integer('--batch-size', 1), 32)
    .option(
      '--accumulate <batches>',
      'in a step, whose gradients are averaged',
      integer('--accumulate', 1),
      1,
    )
    .option('--loss <kind>', 'mse, mae, huber, huber:delta=0.5, log-cosh or gaussian', parseLoss, 'mse')
    .addOption(
      new Option('--optimizer <kind>', 'adam, adamax, nadam, sgd or rmsprop; with settings, see below')
        .argParser(parseOptimizer)
        .default({ kind: 'adam' }, 'adam'),
    )
    .option(
      '--learning-rate <rate>',
      'the highest, with a schedule (default: of adam suggested, of sgd 0.01, else 0.001)',
      numberFlag('--learning-rate', { ...positive, max: 1e9 }),
    )
    .option(
      '--schedule <kind>',
      'by which the learning rate falls: step, exponential, cosine or plateau, see below (default: none)',
      parseSchedule,
    )
    .option(
      '--weight-decay <share>',
      'of each weight, times the learning rate, that a step takes off',
      numberFlag('--weight-decay', { ...notNegative, max: 1e9 }),
      0,
    )
    .option(
      '--clip-norm <norm>',
      'to which the gradient of all weights together is scaled down (default: suggested)',
      numberFlag('--clip-norm', positive),
    )
    .option(
      '--noise <settings>',
      'on the input, to be seen through: deviation=0.1 (Gaussian), drop=0.05 (share of cells), or both (default: none)',
      parseNoise,
    )
    .option(
      '--validation <share>',
      'of the training windows to validate on; 0 for none',
      numberFlag('--validation', below1),
      0.1,
    )
    .option(
      '--patience <epochs>',
      'without improvement before training stops and the best weights return (default: suggested)',
      integer('--patience', 1),
    )
    .option('--seed <number>', 'decides weights, order, dropout and noise', integer('--seed', 0), 0);
}

/** The notations that the help of a command tells below its flags. */
export const fitFlagsHelp = `
Optimizers and their settings, as in --optimizer sgd:momentum=0.9,nesterov=true:
  adam, adamax, nadam   beta1, beta2, epsilon
  sgd                   momentum, nesterov
  rmsprop               rho, momentum, centered, epsilon

Schedules; a step is an update of the weights, an epoch a pass over the windows:
  step:every=10epochs,factor=0.5         times factor, at once, after every 10 epochs
  exponential:every=500steps,factor=0.9  times factor, smoothly, within every 500 steps
  cosine:warmup=100steps                 up in a line for 100 steps, then down half a cosine to the
                                         end (or over=…); also start=…, final=… (rates)
  plateau:patience=5epochs,factor=0.5    times factor after 5 epochs without a lower loss; also
                                         min-delta=…, cooldown=…epochs, least=… (a rate)`;

/** Windows to fit to, and how. */
export interface FitPlan {
  readonly windows: Windows;
  readonly options: FitOptions;
}

/**
 * Turns the flags into what `fit` takes, the windows to validate on held out.
 *
 * @throws What `holdOutTail` and `scheduleOf` throw.
 */
export function toFitPlan(windows: Windows, flags: FitFlags & { readonly epochs: number }): FitPlan {
  const { epochs, batchSize, accumulate, loss, optimizer, schedule, weightDecay, clipNorm, noise } = flags;
  const { validation: share, patience, seed, learningRate = optimizer.kind === 'sgd' ? 0.01 : 0.001 } = flags;
  const { train, validation } = share > 0 ? holdOutTail(windows, share) : { train: windows };
  const stepsPerEpoch = Math.ceil(Math.ceil(train.length / batchSize) / accumulate);
  const rate = schedule ? scheduleOf(schedule, learningRate, { stepsPerEpoch, epochs }) : learningRate;
  return {
    windows: train,
    options: {
      epochs,
      batchSize,
      accumulate,
      loss,
      optimizer: { ...optimizer, learningRate: rate, weightDecay },
      ...(clipNorm !== undefined && { clipNorm }),
      ...(noise && { noise }),
      ...(validation && { validation }),
      ...(patience !== undefined && { earlyStopping: { patience } }),
      seed,
    },
  };
}

const lossOf = kindFlag('--loss', {
  mse: {},
  mae: {},
  huber: { delta: (flag) => numberFlag(flag, { min: 1e-6 }) },
  'log-cosh': {},
  gaussian: {},
});

function parseLoss(text: string): LossSpec {
  const loss = lossOf(text);
  if (loss.kind === 'log-cosh') return 'logCosh';
  return loss.kind === 'huber' && loss.delta !== undefined ? { ...loss, delta: loss.delta } : loss.kind;
}

const parseNoise: FlagParser<NoiseSpec> = settingsFlag('--noise', {
  deviation: (flag) => numberFlag(flag, notNegative),
  drop: (flag) => numberFlag(flag, below1),
});

import { argumentError, checkInteger, checkKeys, checkNumber } from '@retrace/errors';
import { checkSignal } from '@retrace/models';
import type { Windows } from '@retrace/windowing';
import { type CheckpointOptions, parseCheckpointOptions } from './checkpoint/checkpoint-options.ts';
import type { ClassWeight } from './class-weight.ts';
import type { EpochLog, StepLog } from './epoch-log.ts';
import { type NoiseSpec, parseNoise } from './input-noise.ts';
import { type Loss, type LossSpec, parseLossSpec } from './loss-spec.ts';
import type { LossWeights } from './loss-weights.ts';
import { type Clip, type ClipOptions, parseClip } from './optimizer/clip-options.ts';
import { type Optimizer, type OptimizerSpec, parseOptimizerSpec } from './optimizer/optimizer-spec.ts';

export interface EarlyStoppingOptions {
  /** The epochs without improvement after which training stops, at least 1. */
  readonly patience: number;
  /** How much lower than the best a loss must be to count as an improvement. Default 0. */
  readonly minDelta?: number;
  /**
   * Whether the model ends with the weights of its best epoch, be it stopped early or after all epochs; after an
   * abort or an error it keeps those of its last step. Default true, unlike Keras.
   */
  readonly restoreBest?: boolean;
}

export interface FitOptions extends ClipOptions {
  /** The most passes over the windows. */
  readonly epochs: number;
  /** The windows of a step. Default 32; the last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Default Adam with a learning rate of 1e-3. */
  readonly optimizer?: OptimizerSpec;
  /** The batches whose gradients are averaged for one step: larger batches than fit in memory. Default 1. */
  readonly accumulate?: number;
  /** The loss of heads that retrace or predict rows; a classifier's is the cross-entropy. Default 'mse'. */
  readonly loss?: LossSpec;
  /**
   * The chance, for each window and step of a conditional decoder, of reading the true value of the step before and
   * not the decoder's own: one for all epochs, or by the epoch, from 1 (scheduled sampling, Bengio et al. 2015).
   * Validation never shows the truth. Default 1.
   */
  readonly teacherForcing?: number | ((epoch: number) => number);
  /** How much the windows of each class count in a classifier's loss; absent classes weigh 1. Default: all alike. */
  readonly classWeight?: ClassWeight;
  /** How much heads, features and steps count in the loss, in validation too. Default: all alike, heads as in the spec. */
  readonly lossWeights?: LossWeights;
  /** Noise on the input of training, which the model is to see through: a denoising autoencoder. Default: none. */
  readonly noise?: NoiseSpec;
  /** Windows to validate on, or the share of windows to hold out for it: the last of each series in time. Default: none. */
  readonly validation?: number | Windows;
  /** Watches the validation loss, or the training loss where nothing is validated. Default false. */
  readonly earlyStopping?: EarlyStoppingOptions | false;
  /** Whether each epoch takes the windows in a new order. Default true. */
  readonly shuffle?: boolean;
  /** Decides the order of windows and the dropout masks. Default 0. */
  readonly seed?: number;
  /**
   * Writes checkpoints, from which a fit that was killed goes on: with the same weights and history to the bit, on one
   * backend and version. An aborted fit writes one more. Default: none.
   */
  readonly checkpoint?: CheckpointOptions;
  /** Ends training between two steps; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onStep?: (log: StepLog) => void;
  readonly onEpoch?: (log: EpochLog) => void;
  /** Told what is allowed but most likely not meant. */
  readonly onWarning?: (message: string) => void;
}

/** The options with nothing left to default. */
export interface FitSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  readonly clip: Clip | undefined;
  readonly accumulate: number;
  readonly loss: Loss;
  readonly teacherForcing: (epoch: number) => number;
  readonly classWeight: ClassWeight | undefined;
  readonly noise: Required<NoiseSpec> | undefined;
  readonly validation: number | Windows | undefined;
  readonly earlyStopping: Required<EarlyStoppingOptions> | undefined;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly checkpoint: Required<CheckpointOptions> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onStep: ((log: StepLog) => void) | undefined;
  readonly onEpoch: ((log: EpochLog) => void) | undefined;
  readonly onWarning: ((message: string) => void) | undefined;
}

const optionNames: readonly (keyof FitOptions)[] = [
  'epochs',
  'batchSize',
  'optimizer',
  'clipNorm',
  'clipVariableNorm',
  'clipValue',
  'accumulate',
  'loss',
  'teacherForcing',
  'classWeight',
  'lossWeights',
  'noise',
  'validation',
  'earlyStopping',
  'shuffle',
  'seed',
  'checkpoint',
  'signal',
  'onStep',
  'onEpoch',
  'onWarning',
];

/**
 * Fills in the defaults of the options.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an unknown option and for any value out of range.
 */
export function parseFitOptions(options: FitOptions): FitSettings {
  checkKeys('options', options, optionNames);
  const { batchSize = 32, optimizer = { kind: 'adam' }, loss = 'mse', shuffle = true, seed = 0 } = options;
  return {
    epochs: checkInteger('epochs', options.epochs, { min: 1 }),
    batchSize: checkInteger('batchSize', batchSize, { min: 1 }),
    optimizer: parseOptimizerSpec(optimizer),
    clip: parseClip(options),
    accumulate: checkInteger('accumulate', options.accumulate ?? 1, { min: 1 }),
    loss: parseLossSpec(loss),
    teacherForcing: parseTeacherForcing(options.teacherForcing),
    classWeight: options.classWeight,
    noise: parseNoise(options.noise),
    validation: checkValidation(options.validation),
    earlyStopping: parseEarlyStopping(options.earlyStopping),
    shuffle: checkBoolean('shuffle', shuffle),
    seed: checkInteger('seed', seed, { min: 0 }),
    checkpoint: parseCheckpointOptions(options.checkpoint),
    signal: checkSignal(options.signal),
    onStep: checkCallback('onStep', options.onStep),
    onEpoch: checkCallback('onEpoch', options.onEpoch),
    onWarning: checkCallback('onWarning', options.onWarning),
  };
}

/** Refuses options that `fit` would refuse whatever the model and the windows; throws `RETRACE_INVALID_ARGUMENT`. */
export function checkFitOptions(options: FitOptions): void {
  parseFitOptions(options);
}

function checkValidation(validation: number | Windows | undefined): number | Windows | undefined {
  if (validation === undefined || (typeof validation === 'object' && validation !== null)) return validation;
  if (typeof validation === 'number' && validation > 0 && validation < 1) return validation;
  throw argumentError('validation', 'a share between 0 and 1, or windows', validation);
}

function parseTeacherForcing(chance: FitOptions['teacherForcing'] = 1): FitSettings['teacherForcing'] {
  const check = (value: number) => checkNumber('teacherForcing', value, { min: 0, max: 1 });
  if (typeof chance === 'function') return (epoch) => check(chance(epoch));
  check(chance);
  return () => chance;
}

function parseEarlyStopping(
  options: EarlyStoppingOptions | false | undefined,
): Required<EarlyStoppingOptions> | undefined {
  if (options === undefined || options === false) return undefined;
  checkKeys('earlyStopping', options, ['patience', 'minDelta', 'restoreBest']);
  const { patience, minDelta = 0, restoreBest = true } = options;
  return {
    patience: checkInteger('earlyStopping.patience', patience, { min: 1 }),
    minDelta: checkNumber('earlyStopping.minDelta', minDelta, { min: 0 }),
    restoreBest: checkBoolean('earlyStopping.restoreBest', restoreBest),
  };
}

function checkBoolean(argument: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw argumentError(argument, 'true or false', value);
}

function checkCallback<F>(argument: string, callback: F): F {
  if (callback === undefined || typeof callback === 'function') return callback;
  throw argumentError(argument, 'a function', callback);
}

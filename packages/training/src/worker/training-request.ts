import { argumentError, checkKeys } from '@retrace/errors';
import type { ModelSpec } from '@retrace/models';
import type { ArrayWindowsOptions, ScalerState, Series, WindowSpec } from '@retrace/windowing';
import { type CheckpointPlan, parseCheckpointPlan, planNames } from '../checkpoint/checkpoint-options.ts';
import type { EpochLog, FitResult, StepLog } from '../epoch-log.ts';
import { type FitOptions, parseFitOptions } from '../fit-options.ts';
import type { WorkerRequest } from './requests/worker-request.ts';

/** A new model as plain data. */
export interface ModelSource {
  readonly spec: ModelSpec;
  /** Decides the initial weights. Default 0. */
  readonly seed?: number;
  /** The weights of losses to add, by their names among the `losses` of `serveTraining`. Default: none. */
  readonly losses?: Readonly<Record<string, number>>;
}

/** Windows as plain data: what `slidingWindows` or what `arrayWindows` is told. */
export type WindowsSource =
  | { readonly series: readonly Series[]; readonly spec: WindowSpec; readonly scaler?: ScalerState }
  | ArrayWindowsOptions;

/** Where a fit in a worker writes checkpoints: what the worker's `storage` opens by a name. */
export interface NamedCheckpoints extends CheckpointPlan {
  readonly storage: string;
}

/** Options of a fit in a worker: those of `fit`, with validation windows and checkpoints as plain data and no schedule that is a function. */
export interface WorkerFitOptions extends Omit<FitOptions, 'validation' | 'teacherForcing' | 'checkpoint'> {
  readonly validation?: number | WindowsSource;
  readonly teacherForcing?: number;
  readonly checkpoint?: NamedCheckpoints;
}

/** Options that are plain data. */
export type PlainOptions = Omit<WorkerFitOptions, 'signal' | 'onStep' | 'onEpoch' | 'onWarning'>;

/** What a worker is asked to do. */
export interface TrainingRequest extends WorkerRequest {
  readonly retrace: 'fit';
  readonly model: ModelSource;
  readonly windows: WindowsSource;
  readonly options: PlainOptions;
  /** Whether every step is to be told, not only every epoch. */
  readonly steps: boolean;
}

/** What a worker tells. */
export type TrainingReply =
  | { readonly kind: 'step'; readonly log: StepLog }
  | { readonly kind: 'epoch'; readonly log: EpochLog }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'done'; readonly result: FitResult; readonly file: Uint8Array };

/**
 * Takes the plain part of the options, refusing what cannot cross over and what `fit` would refuse.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`
 */
export function plainOptions(options: WorkerFitOptions): PlainOptions {
  const { validation, teacherForcing, checkpoint, ...rest } = options;
  if (typeof teacherForcing === 'function')
    throw argumentError('teacherForcing', 'a number: a function cannot cross to a worker', teacherForcing);
  if (typeof validation === 'object') checkWindowsSource('validation', validation);
  if (checkpoint !== undefined) checkNamedCheckpoints(checkpoint);
  parseFitOptions({ ...rest, validation, teacherForcing } as FitOptions);
  const { signal: _signal, onStep: _onStep, onEpoch: _onEpoch, onWarning: _onWarning, ...plain } = options;
  return plain;
}

function checkNamedCheckpoints(checkpoint: NamedCheckpoints): void {
  checkKeys('checkpoint', checkpoint, ['storage', ...planNames]);
  const { storage } = checkpoint;
  if (typeof storage !== 'string')
    throw argumentError('checkpoint.storage', "a name, by which the worker's `storage` opens one", storage);
  parseCheckpointPlan(checkpoint);
}

/** Refuses what describes no windows, windows themselves among it, whose functions cannot cross over. */
export function checkWindowsSource(argument: string, windows: WindowsSource): void {
  const plain = typeof windows === 'object' && windows !== null && !('batch' in windows);
  if (plain && ('series' in windows ? 'spec' in windows : 'input' in windows)) return;
  throw argumentError(
    argument,
    'plain data: `{ series, spec, scaler }`, what `slidingWindows` takes, or what `arrayWindows` takes',
    windows,
    'Windows themselves hold functions, which cannot cross to a worker.',
  );
}

import { isRetraceError, RetraceError } from '@retrace/errors';
import { interruptedError } from './interrupted-error.ts';

/** What may have changed where a checkpoint is of something else, by what `fit` calls it. */
const changeable: Readonly<Record<string, string>> = {
  model:
    'another model (`--lookback`, `--units`, `--decoder-units`, `--dropout`, `--model` and its flags, or the number of features)',
  windows: 'other windows (the tables, or the flags by which they are read and cut)',
  validation: 'other windows to validate on',
  optimizer:
    'another optimizer (`--optimizer`, `--learning-rate`, `--weight-decay`, or `--schedule`, which may count `--epochs`)',
  batchSize: 'another `--batch-size`',
  accumulate: 'another `--accumulate`',
  clipNorm: 'another `--clip-norm`',
  loss: 'another `--loss`',
  noise: 'another `--noise`',
  seed: 'another `--seed`',
};

/** Where a training is kept, and the signal that may interrupt it. */
export interface KeptTraining {
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Says of an error of a training that is kept what to do about it by flags: that it was interrupted, with
 * `RETRACE_INTERRUPTED`, or is to go on from a checkpoint of another. Other errors it returns as they are.
 */
export function checkpointError(error: unknown, { folder, signal }: KeptTraining): unknown {
  if (signal?.aborted && error === signal.reason) {
    const left =
      `no detector was written, but ${folder} keeps the training so far. ` +
      'To go on, give the same command with --resume.';
    return interruptedError(signal.reason, left, { checkpoint: folder });
  }
  if (!isRetraceError(error, 'RETRACE_CHECKPOINT_MISMATCH')) return error;
  const { name, differing } = error.details as { name: string; differing: readonly string[] };
  const changes = differing.map((key) => changeable[key] ?? `another \`${key}\``).join(', ');
  const message =
    `${name} in ${folder} is of a training with ${changes}. ` +
    'Give the same tables and flags as then, or another folder to `--checkpoint`.';
  return new RetraceError(
    'RETRACE_CHECKPOINT_MISMATCH',
    message,
    { ...error.details, folder },
    { cause: error },
  );
}

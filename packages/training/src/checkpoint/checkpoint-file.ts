import {
  argumentError,
  checkFormat,
  checkInteger,
  checkKeys,
  checkNumber,
  checkRecord,
  checkState,
  isRetraceError,
  RetraceError,
} from '@retrace/errors';
import { readSealedSafetensors, type Tensor, writeSealedSafetensors } from '@retrace/safetensors';
import type { TrainingState } from './training-state.ts';

/** The metadata key of what is not an array. */
const KEY = 'retrace.checkpoint';

const keys = [
  'format',
  'version',
  'identity',
  'epoch',
  'progress',
  'history',
  'seconds',
  'best',
  'learningRate',
  'spread',
];

/**
 * Writes the state of a fit as a safetensors file with a checksum: the arrays as tensors `weights/…`, `best/…` and
 * `slots/<slot>/…`, the rest as JSON in its metadata.
 *
 * @param identity What the state is of, as text, to be compared when it is read.
 */
export function packCheckpoint(state: TrainingState, identity: string): Uint8Array {
  const { weights, bestWeights, slots, ...rest } = state;
  const tensors = new Map<string, Tensor>();
  const add = (name: string, data: Float32Array) =>
    tensors.set(name, { dtype: 'F32', shape: [data.length], data });
  for (const [name, data] of weights) add(`weights/${name}`, data);
  for (const [name, data] of bestWeights ?? []) add(`best/${name}`, data);
  for (const [name, ofVariable] of slots) {
    for (const [slot, data] of Object.entries(ofVariable)) add(`slots/${slot}/${name}`, data);
  }
  const text = JSON.stringify({ format: 'retrace-checkpoint', version: 1, identity, ...rest });
  return writeSealedSafetensors({ tensors, metadata: { [KEY]: text } });
}

/**
 * Reads what {@link packCheckpoint} wrote.
 *
 * @throws `RETRACE_CHECKPOINT_DAMAGED` for bytes that are not whole, or were written by something else;
 * `RETRACE_UNSUPPORTED_VERSION` for those of a later release.
 */
export function unpackCheckpoint(bytes: Uint8Array): {
  readonly state: TrainingState;
  readonly identity: string;
} {
  try {
    const { tensors, metadata } = readSealedSafetensors(bytes);
    const fields = parse(metadata[KEY]);
    return { state: { ...fields.rest, ...arraysOf(tensors) }, identity: fields.identity };
  } catch (cause) {
    if (!isRetraceError(cause) || cause.code === 'RETRACE_UNSUPPORTED_VERSION') throw cause;
    const message = `The checkpoint is damaged: ${cause.message}`;
    throw new RetraceError(
      'RETRACE_CHECKPOINT_DAMAGED',
      message,
      { cause: cause.code, ...cause.details },
      { cause },
    );
  }
}

function parse(text: string | undefined) {
  return checkState('RETRACE_CHECKPOINT_DAMAGED', () => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text ?? '');
    } catch {
      throw argumentError('checkpoint', 'a file with JSON in its metadata', text);
    }
    const fields = checkRecord('checkpoint', parsed);
    checkFormat('checkpoint', fields, 'retrace-checkpoint');
    checkKeys('checkpoint', fields, keys);
    const { identity, history } = fields;
    if (typeof identity !== 'string') throw argumentError('checkpoint.identity', 'text', identity);
    if (!Array.isArray(history)) throw argumentError('checkpoint.history', 'an array', history);
    const progress = checkRecord('checkpoint.progress', fields.progress);
    checkInteger('checkpoint.progress.batches', progress.batches, { min: 0 });
    if (!Array.isArray(progress.means))
      throw argumentError('checkpoint.progress.means', 'an array', progress.means);
    checkInteger('checkpoint.epoch', fields.epoch, { min: 1 });
    checkNumber('checkpoint.seconds', fields.seconds, { min: 0 });
    checkRecord('checkpoint.best', fields.best);
    checkRecord('checkpoint.learningRate', fields.learningRate);
    const { format: _, version: __, identity: ___, ...rest } = fields;
    // What is left was checked by its checksum, and is read by the release that wrote it.
    return { identity, rest: rest as unknown as Omit<TrainingState, 'weights' | 'bestWeights' | 'slots'> };
  });
}

function arraysOf(
  tensors: ReadonlyMap<string, Tensor>,
): Pick<TrainingState, 'weights' | 'bestWeights' | 'slots'> {
  const weights = new Map<string, Float32Array>();
  const bestWeights = new Map<string, Float32Array>();
  const slots = new Map<string, Record<string, Float32Array>>();
  for (const [path, { data }] of tensors) {
    const [kind, ...names] = path.split('/');
    const array = data as Float32Array;
    if (kind === 'weights') weights.set(names.join('/'), array);
    else if (kind === 'best') bestWeights.set(names.join('/'), array);
    else {
      const [slot, ...name] = names;
      const own = slots.get(name.join('/')) ?? {};
      own[slot!] = array;
      slots.set(name.join('/'), own);
    }
  }
  return { weights, slots, ...(bestWeights.size > 0 && { bestWeights }) };
}

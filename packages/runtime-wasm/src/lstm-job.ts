import type { LstmAttributes } from '@retrace/ops';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';

/** The fields of `LstmJob` in assembly/lstm-job.ts that are numbers, in their order, which come first. */
const numberFields = 8;

/** The fields that are pointers to tensors or scratch, in their order, which follow. */
const pointerFields = [
  ...['input', 'kernel', 'recurrentKernel', 'bias', 'initialH', 'initialC', 'mask', 'h', 'c', 'sequence'],
  ...['reserve', 'scratch', 'dh', 'dc', 'dSequence', 'dInitialH', 'dInitialC'],
  ...['dKernel', 'dRecurrentKernel', 'dBias', 'dInput', 'dzSum'],
];

/** The tensors of an LSTM kernel, by the names of the job's fields. */
export type LstmTensors = Readonly<Record<string, TensorInfo | undefined>>;

/** The sizes and settings of an LSTM job. */
export interface LstmSizes {
  readonly batch: number;
  readonly timesteps: number;
  readonly features: number;
  readonly units: number;
  readonly repeated: boolean;
  /** The multiplications and additions of the forward pass. */
  readonly work: number;
}

/** The numbers of the activations in assembly/activation.ts. */
export const activationCodes = { linear: 0, tanh: 1, sigmoid: 2, relu: 3, hardSigmoid: 4 } as const;

/** The sizes of a call of an LSTM kernel. */
export function lstmSizes(input: TensorInfo, kernel: TensorInfo, timesteps: number): LstmSizes {
  const repeated = input.shape.length === 2;
  const [batch, features, units] = [input.shape[0]!, input.shape.at(-1)!, kernel.shape[1]! / 4];
  const steps = batch * timesteps;
  const work = 8 * units * (steps * units + (repeated ? batch : steps) * features);
  return { batch, timesteps, features, units, repeated, work };
}

/** Describes an LSTM job at the backend's place for it. */
export function describeLstmJob(
  backend: HeapBackend,
  { batch, timesteps, features, units, repeated }: LstmSizes,
  { activation, recurrentActivation, recording }: LstmAttributes,
  tensors: LstmTensors,
): void {
  // Before the words are written, since moving a tensor into the memory may move the memory.
  const pointers = pointerFields.map((field) => {
    const tensor = tensors[field];
    return tensor ? backend.offsetOf(tensor) : 0;
  });
  const words = backend.kernels.heap.words(backend.job, numberFields + pointers.length);
  words[0] = batch;
  words[1] = timesteps;
  words[2] = features;
  words[3] = units;
  words[4] = Number(repeated);
  words[5] = activationCodes[activation];
  words[6] = activationCodes[recurrentActivation];
  words[7] = Number(recording);
  words.set(pointers, numberFields);
}

const [scratchWord, reserveWord] = ['scratch', 'reserve'].map(
  (field) => numberFields + pointerFields.indexOf(field),
) as [number, number];

/** Sets where a described job has its scratch. */
export function setScratch(backend: HeapBackend, offset: number): void {
  backend.kernels.heap.words(backend.job, scratchWord + 1)[scratchWord] = offset;
}

/** Sets where a described job keeps what its gradient needs. */
export function setReserve(backend: HeapBackend, offset: number): void {
  backend.kernels.heap.words(backend.job, reserveWord + 1)[reserveWord] = offset;
}

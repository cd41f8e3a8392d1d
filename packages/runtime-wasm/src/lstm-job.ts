import type { LstmAttributes } from '@retrace/ops';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';

/** The fields of `LstmJob` in assembly/lstm-job.ts, in their order. */
const fields = [
  ...[
    'batch',
    'timesteps',
    'features',
    'units',
    'repeated',
    'activation',
    'recurrentActivation',
    'recording',
  ],
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
  const numbers: Readonly<Record<string, number>> = {
    ...{ batch, timesteps, features, units, repeated: Number(repeated), recording: Number(recording) },
    activation: activationCodes[activation],
    recurrentActivation: activationCodes[recurrentActivation],
  };
  const values = fields.map((field) => {
    const tensor = tensors[field];
    return numbers[field] ?? (tensor ? backend.offsetOf(tensor) : 0);
  });
  // After the offsets, since moving a tensor into the memory may move the memory.
  backend.kernels.heap.words(backend.job, fields.length).set(values);
}

/** Sets one field of a described job. */
export function setJobField(backend: HeapBackend, field: string, value: number): void {
  backend.kernels.heap.words(backend.job, fields.length)[fields.indexOf(field)] = value;
}

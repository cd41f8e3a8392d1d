import { engine, getBackend, getKernel, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from './activation.ts';
import { lstmReference } from './lstm-reference.ts';

/**
 * The seam between `lstm` and what computes it. For x_t the input and h, c the state before step t,
 *
 *     z_t = x_t · kernel + h · recurrentKernel + bias      [batch, 4 units], gates in the order i, f, c, o
 *     i, f, o = recurrentActivation(z_t)      g = activation(z_t)
 *     c ← f ∘ c + i ∘ g                       h ← o ∘ activation(c)
 *
 * and at a masked step h and c stay what they were. A runtime that has something better than the reference
 * registers three tfjs kernels for its backend under the names of {@link lstmKernelNames}:
 *
 * - `forward`: inputs {@link LstmInputs}, attributes {@link LstmAttributes};
 *   returns `[h, c, sequence if returnSequences, ...reserve if recording]`.
 * - `gradient`: inputs {@link LstmInputs}, `dh`, `dc`, `dSequence` if returnSequences, and the reserve as
 *   `reserve0`, `reserve1`, …; the same attributes;
 *   returns `[dKernel, dRecurrentKernel, dBias, dInitialH and dInitialC if there is an initial state, ...pending]`.
 *   It is called once for a forward pass and may use the reserve up.
 * - `inputGradient`: inputs `input`, `kernel` and what was pending as `pending0`, …; the same attributes;
 *   returns dInput. It has a kernel of its own because a first layer never asks for it.
 *
 * Shapes: h, c and their gradients `[batch, units]`, sequence `[batch, timesteps, units]`. What is in the reserve
 * and pending is the runtime's own affair. A kernel that cannot serve a call (a mask, an activation) calls
 * {@link lstmReference} for all three parts of it.
 */
export interface LstmKernels {
  forward(inputs: LstmInputs, attributes: LstmAttributes): Tensor[];
  gradient(
    call: LstmInputs & { dh: Tensor; dc: Tensor; dSequence?: Tensor },
    reserve: readonly Tensor[],
    attributes: LstmAttributes,
  ): Tensor[];
  inputGradient(
    call: { input: Tensor; kernel: Tensor },
    pending: readonly Tensor[],
    attributes: LstmAttributes,
  ): Tensor;
}

/** What every LSTM kernel reads, all float32. */
export interface LstmInputs {
  /** `[batch, timesteps, features]`, or `[batch, features]` for the same input at every timestep. */
  input: Tensor;
  /** `[features, 4 units]` */
  kernel: Tensor;
  /** `[units, 4 units]` */
  recurrentKernel: Tensor;
  /** `[4 units]` */
  bias: Tensor;
  /** `[batch, units]`; absent, as `initialC` is then, for a state of zeros. */
  initialH?: Tensor;
  /** `[batch, units]` */
  initialC?: Tensor;
  /** `[batch, timesteps]`, 1 at a step that counts and 0 at a masked one. */
  mask?: Tensor;
}

/** What every LSTM kernel is told besides its tensors. */
export interface LstmAttributes {
  timesteps: number;
  activation: Activation;
  recurrentActivation: Activation;
  returnSequences: boolean;
  /** Whether a gradient may be asked for, so that the reserve is needed. */
  recording: boolean;
}

/** The names under which a runtime registers its LSTM kernels. */
export const lstmKernelNames = {
  forward: 'RetraceLstm',
  gradient: 'RetraceLstmGrad',
  inputGradient: 'RetraceLstmInputGrad',
} as const;

/** Returns the current backend's own LSTM kernels, or the reference where it has none. */
export function currentLstmKernels(): LstmKernels {
  return getKernel(lstmKernelNames.forward, getBackend()) ? registered : lstmReference;
}

const registered: LstmKernels = {
  forward: (inputs, attributes) => run(lstmKernelNames.forward, { ...inputs }, attributes),
  gradient: (call, reserve, attributes) =>
    run(lstmKernelNames.gradient, { ...call, ...numbered('reserve', reserve) }, attributes),
  inputGradient: (call, pending, attributes) =>
    run(lstmKernelNames.inputGradient, { ...call, ...numbered('pending', pending) }, attributes)[0]!,
};

function run(name: string, inputs: NamedTensorMap, attributes: LstmAttributes): Tensor[] {
  const result: Tensor | Tensor[] = engine().runKernel(name, inputs, { ...attributes });
  return Array.isArray(result) ? result : [result];
}

function numbered(name: string, tensors: readonly Tensor[]): NamedTensorMap {
  return Object.fromEntries(tensors.map((tensor, index) => [`${name}${index}`, tensor]));
}

import {
  cast,
  cumsum,
  expandDims,
  max,
  minimum,
  mul,
  reverse as reverseTime,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Activation } from './activation.ts';
import { checkLstm } from './check-lstm.ts';
import type { LstmInputs } from './lstm-kernel.ts';
import { isRepeated, type Repeated } from './repeated.ts';
import { runLstm } from './run-lstm.ts';

/** The weights of one LSTM layer, as Keras lays them out: gates in the order i, f, c, o. */
export interface LstmWeights {
  /** `[features, 4 units]` */
  readonly kernel: Tensor2D;
  /** `[units, 4 units]` */
  readonly recurrentKernel: Tensor2D;
  /** `[4 units]` */
  readonly bias: Tensor1D;
}

/** The state of one LSTM layer between two timesteps, each `[batch, units]`. */
export interface LstmState {
  readonly h: Tensor2D;
  readonly c: Tensor2D;
}

/** Options of {@link lstm}. */
export interface LstmOptions {
  /** Zeros by default. */
  readonly initialState?: LstmState;
  /** Whether `output` holds every timestep; false, only the last, by default. */
  readonly returnSequences?: boolean;
  /** Of the candidate and the cell's output; `tanh` by default. */
  readonly activation?: Activation;
  /** Of the three gates; `sigmoid` by default. */
  readonly recurrentActivation?: Activation;
  /** `[batch, timesteps]`, nonzero where a timestep counts; all count by default. */
  readonly mask?: Tensor2D;
  /** Whether to read the sequence from its last timestep to its first; false by default. */
  readonly reverse?: boolean;
}

/** What {@link lstm} returns. */
export interface LstmResult<Output extends Tensor = Tensor2D | Tensor3D> extends LstmState {
  /** `[batch, timesteps, units]` with `returnSequences`, otherwise `[batch, units]`. */
  readonly output: Output;
}

/**
 * Runs an LSTM layer over a sequence: Keras's LSTM layer as one differentiable operation.
 *
 * At a masked timestep the state stays what it was and the output repeats the one before, zeros before the first
 * timestep that counts; what the input holds there has no effect but must be finite. With `reverse` the state
 * runs backwards in time, and the output of a timestep stays at that timestep (Keras's `go_backwards` returns it
 * flipped). It can be differentiated once, by input, weights and initial state. Without `returnSequences`,
 * `output` and `h` may be one tensor.
 *
 * @param input `[batch, timesteps, features]` or `repeated(latent, timesteps)`.
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function lstm(
  input: Tensor3D | Repeated,
  weights: LstmWeights,
  options: LstmOptions & { readonly returnSequences: true },
): LstmResult<Tensor3D>;
export function lstm(
  input: Tensor3D | Repeated,
  weights: LstmWeights,
  options?: LstmOptions & { readonly returnSequences?: false },
): LstmResult<Tensor2D>;
export function lstm(input: Tensor3D | Repeated, weights: LstmWeights, options?: LstmOptions): LstmResult;
export function lstm(
  input: Tensor3D | Repeated,
  weights: LstmWeights,
  options: LstmOptions = {},
): LstmResult {
  const timesteps = checkLstm(input, weights, options);
  const { initialState, returnSequences = false, mask, reverse = false } = options;
  const { activation = 'tanh', recurrentActivation = 'sigmoid' } = options;
  return tidy(() => {
    const directed = <T extends Tensor>(tensor: T): T => (reverse ? reverseTime(tensor, 1) : tensor);
    const counts = mask && directed(cast(cast(mask, 'bool'), 'float32'));
    const inputs: LstmInputs = {
      input: isRepeated(input) ? input.latent : directed(input),
      kernel: weights.kernel,
      recurrentKernel: weights.recurrentKernel,
      bias: weights.bias,
      ...(initialState && { initialH: initialState.h, initialC: initialState.c }),
      ...(counts && { mask: counts }),
    };
    const attributes = { timesteps, activation, recurrentActivation, returnSequences };
    const { h, c, sequence } = runLstm(inputs, attributes);
    // As Keras has it: before the first step that counts the output is zero even if the state is not.
    const begun = counts && initialState && minimum(cumsum(counts, 1), 1);
    const output = sequence
      ? directed(begun ? mul<Tensor3D>(sequence, expandDims(begun, 2)) : sequence)
      : begun
        ? mul<Tensor2D>(h, max(begun, 1, true))
        : h;
    return { output, h, c };
  });
}

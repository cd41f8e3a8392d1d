import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type LstmOptions, type LstmState, type LstmWeights, lstm } from './lstm.ts';
import { repeated } from './repeated.ts';

/** Options of {@link lstmStep}. */
export type LstmStepOptions = Pick<LstmOptions, 'activation' | 'recurrentActivation'>;

/**
 * Runs one timestep of an LSTM layer, for decoders that choose their next input as they go; returns the state
 * after it, whose `h` is the output.
 *
 * @param input `[batch, features]`
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function lstmStep(
  input: Tensor2D,
  state: LstmState,
  weights: LstmWeights,
  options: LstmStepOptions = {},
): LstmState {
  const { h, c } = lstm(repeated(input, 1), weights, { ...options, initialState: state });
  return { h, c };
}

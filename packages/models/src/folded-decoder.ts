import { lstm, repeated } from '@retrace/ops';
import {
  add,
  concat,
  expandDims,
  matMul,
  reshape,
  slice,
  squeeze,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  zeros,
} from '@tensorflow/tfjs-core';
import type { DecoderPlace, DirectedInput } from './decoder.ts';
import { lstmWeights } from './lstm-stack.ts';
import type { DecoderSpec } from './spec.ts';
import type { Weights } from './weights.ts';

/**
 * Feeds a conditional decoder of a single layer its own output, in one sequence. With the head y = h · V + v and the kernel's rows K for y and
 * L for the latent vector z,
 *
 *     y · K + z · L + h · U + b = z · L + h · (U + V · K) + (b + v · K)
 *
 * so from the second step on it is an LSTM without feedback.
 */
export function decodeFolded(
  { layers, bridge }: DecoderSpec,
  { name, head, features }: DecoderPlace,
  weights: Weights,
  { encoded, steps, first, initialStates }: DirectedInput,
): Tensor3D {
  const { units, activation, recurrentActivation } = layers[0]!;
  const { kernel, recurrentKernel, bias } = lstmWeights(`${name}/0`, weights);
  const batchSize = first.shape[0];
  const fromLatent = bridge === 'repeat';
  const options = { activation, recurrentActivation };

  const initialState = initialStates?.[0];
  const firstInput = fromLatent ? concat([first, encoded.latent], 1) : first;
  const state = lstm(
    repeated(firstInput, 1),
    { kernel, recurrentKernel, bias },
    { ...options, ...(initialState && { initialState }) },
  );
  const firstStep = reshape<Tensor3D['rankType']>(state.h, [batchSize, 1, units]);
  if (steps === 1) return firstStep;

  const feedback = slice(kernel, [0, 0], [features, 4 * units]);
  const headBias = expandDims<Tensor2D>(weights<Tensor1D>(`${head}/bias`), 0);
  const folded = {
    kernel: fromLatent
      ? slice(kernel, [features, 0], [encoded.latent.shape[1], 4 * units])
      : zeros<Tensor2D['rankType']>([1, 4 * units]),
    recurrentKernel: add<Tensor2D>(recurrentKernel, matMul(weights<Tensor2D>(`${head}/kernel`), feedback)),
    bias: add<Tensor1D>(bias, squeeze(matMul(headBias, feedback), [0])),
  };
  const rest = lstm(repeated(fromLatent ? encoded.latent : zeros([batchSize, 1]), steps - 1), folded, {
    ...options,
    returnSequences: true,
    initialState: { h: state.h, c: state.c },
  });
  return concat([firstStep, rest.output], 1);
}

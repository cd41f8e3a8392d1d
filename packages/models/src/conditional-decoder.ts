import { argumentError } from '@retrace/errors';
import { concat, expandDims, slice, type Tensor3D, tile } from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import type { DecoderPlace, DirectedInput } from './decoder.ts';
import { decodeFolded } from './folded-decoder.ts';
import { lstmStack } from './lstm-stack.ts';
import type { DecoderSpec } from './spec.ts';
import { decodeStepwise } from './stepwise-decoder.ts';
import type { Weights } from './weights.ts';

/**
 * Decodes with feedback: each step reads the output of the step before, then the latent vector where that is the
 * bridge. Returns each layer's output, `[batch, steps, units]`, in the order of decoding.
 *
 * One sequence at once where all inputs are known, that is with the truth alone as feedback, and where feedback folds
 * into the recurrence; else step by step.
 */
export function decodeConditionally(
  decoder: DecoderSpec,
  place: DecoderPlace,
  weights: Weights,
  input: DirectedInput,
  training?: TrainingPass,
): readonly Tensor3D[] {
  const forcing = training?.teacherForcing ?? 0;
  if (forcing > 0 && !input.truth) {
    throw argumentError('target', 'given in training, to teach the conditional decoder with', undefined);
  }
  if (input.mask) return decodeStepwise(decoder, place, weights, input, training);
  if (forcing === 1) return decodeTaught(decoder, place, weights, input, training);
  const folds = decoder.layers.length === 1 && (!training || decoder.layers[0]!.dropout === 0);
  if (forcing === 0 && folds) return [decodeFolded(decoder, place, weights, input)];
  return decodeStepwise(decoder, place, weights, input, training);
}

/** Feeds the truth of the step before: all inputs are known at once. */
function decodeTaught(
  { layers, bridge }: DecoderSpec,
  { name }: DecoderPlace,
  weights: Weights,
  { encoded, steps, first, truth, initialStates }: DirectedInput,
  training: TrainingPass | undefined,
): readonly Tensor3D[] {
  const [batchSize, , features] = truth!.shape;
  const before = expandDims<Tensor3D>(first, 1);
  const previous =
    steps === 1 ? before : concat([before, slice(truth!, [0, 0, 0], [batchSize, steps - 1, features])], 1);
  const latent = () => tile(expandDims<Tensor3D>(encoded.latent, 1), [1, steps, 1]);
  const inputs = bridge === 'repeat' ? concat([previous, latent()], 2) : previous;
  return lstmStack(name, inputs, layers, weights, {
    initialStates,
    returnSequences: true,
    stream: training?.stream,
  }).outputs as Tensor3D[];
}

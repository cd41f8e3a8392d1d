import { mul, reshape, slice, type Tensor2D, zeros } from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import { type Decoded, type DecoderPlace, decode } from './decoder.ts';
import { type Encoded, latentSize } from './encoder.ts';
import type { DecoderSpec, EncoderPart, PredictedRows } from './spec.ts';
import type { TensorInput } from './tensor-model.ts';
import type { Weights } from './weights.ts';

/** The place of a decoder of other rows, its layers under `name`. */
export function predictionPlace(spec: EncoderPart, name: string): DecoderPlace {
  return { name, head: 'prediction', features: spec.features, latentSize: latentSize(spec) };
}

/** Decodes the rows that the spec predicts, `[batch, horizon, features]`. */
export function decodePrediction(
  { horizon, shift }: PredictedRows,
  decoder: DecoderSpec,
  place: DecoderPlace,
  weights: Weights,
  input: TensorInput,
  encoded: Encoded,
  training?: TrainingPass,
): Decoded {
  const { target: truth, targetMask: mask } = input;
  const first = rowBefore(shift, input);
  return decode(decoder, place, weights, { encoded, steps: horizon, mask, first, truth }, training);
}

/** The last row in that comes before the first row out, `[batch, features]`; zeros where there is none or it is padding. */
function rowBefore(shift: number, { input, mask }: TensorInput): Tensor2D {
  const [batchSize, timesteps, features] = input.shape;
  const index = Math.min(timesteps + shift, timesteps) - 1;
  if (index < 0) return zeros([batchSize, features]);
  const row = reshape<Tensor2D['rankType']>(slice(input, [0, index, 0], [batchSize, 1, features]), [
    batchSize,
    features,
  ]);
  return mask ? mul<Tensor2D>(row, slice(mask, [0, index], [batchSize, 1])) : row;
}

import { zeros } from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import { type Decoded, type DecoderPlace, decode } from './decoder.ts';
import { type Encoded, latentSize } from './encoder.ts';
import type { EncoderPart, ReconstructionDecoderSpec } from './spec.ts';
import type { TensorInput } from './tensor-model.ts';
import type { Weights } from './weights.ts';

/** The place of a decoder of the window itself, its layers under `name`. */
export function reconstructionPlace(spec: EncoderPart, name: string): DecoderPlace {
  return { name, head: 'reconstruction', features: spec.features, latentSize: latentSize(spec) };
}

/** Decodes the window itself, `[batch, timesteps, features]`. */
export function decodeReconstruction(
  decoder: ReconstructionDecoderSpec,
  place: DecoderPlace,
  weights: Weights,
  { input, mask }: TensorInput,
  encoded: Encoded,
  training?: TrainingPass,
): Decoded {
  const [batchSize, steps, features] = input.shape;
  const first = zeros<typeof encoded.latent.rankType>([batchSize, features]);
  return decode(decoder, place, weights, { encoded, steps, mask, first, truth: input }, training);
}

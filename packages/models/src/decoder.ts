import { type LstmState, repeated } from '@retrace/ops';
import { type Rank, reverse, type Tensor, type Tensor2D, type Tensor3D, zeros } from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import { decodeConditionally } from './conditional-decoder.ts';
import { denseLayer, denseWeights } from './dense-stack.ts';
import type { Encoded } from './encoder.ts';
import { lstmStack, lstmStackWeights } from './lstm-stack.ts';
import { named } from './named.ts';
import type { DecoderSpec, ReconstructionDecoderSpec } from './spec.ts';
import type { Head } from './tensor-model.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

/** A decoder's place in a model. */
export interface DecoderPlace {
  /** The path of its layers, such as `decoder`. */
  readonly name: string;
  /** The name of its head, such as `reconstruction`. */
  readonly head: string;
  /** The features it decodes. */
  readonly features: number;
  readonly latentSize: number;
}

/** The head of a decoder, with its output of logarithms of variances where it has one. */
export function decoderHead({ variance }: DecoderSpec, head: Head): Head {
  return variance ? { ...head, logVariance: logVarianceOf(head.name) } : head;
}

function logVarianceOf(head: string): string {
  return `${head}/logVariance`;
}

/** The weights of a decoder and its head. */
export function decoderWeights(
  { layers, bridge, conditional, variance }: DecoderSpec,
  { name, head, features, latentSize }: DecoderPlace,
): readonly WeightSpec[] {
  const { units } = layers.at(-1)!;
  const inputs = (conditional ? features : 0) + (bridge === 'repeat' ? latentSize : 0);
  return [
    ...lstmStackWeights(name, inputs, layers),
    ...denseWeights(head, units, features),
    ...(variance ? denseWeights(logVarianceOf(head), units, features) : []),
  ];
}

/** What a decoder decodes from and towards. */
export interface DecoderInput {
  readonly encoded: Encoded;
  readonly steps: number;
  /** `[batch, steps]`, 0 where a step is padding. */
  readonly mask?: Tensor2D | undefined;
  /** `[batch, features]`, what a conditional decoder reads before it has an output. */
  readonly first: Tensor2D;
  /** `[batch, steps, features]`, what a conditional decoder is taught with. */
  readonly truth?: Tensor3D | undefined;
}

/** The same in the order of decoding. */
export interface DirectedInput extends DecoderInput {
  /** Each layer's state before the first step; absent where it is zero. */
  readonly initialStates: readonly LstmState[] | undefined;
}

export interface Decoded {
  /** By name: that of the head, and of its logarithms of variances if it has them; `[batch, steps, features]`, in the order of time. */
  readonly outputs: Readonly<Record<string, Tensor3D>>;
  readonly activations: Readonly<Record<string, Tensor>>;
}

/** Decodes; masked steps leave the state alone, and what is put out at them means nothing. */
export function decode(
  decoder: DecoderSpec | ReconstructionDecoderSpec,
  place: DecoderPlace,
  weights: Weights,
  input: DecoderInput,
  training?: TrainingPass,
): Decoded {
  const { name, head } = place;
  const inTime = <T extends Tensor>(x: T): T =>
    'reversed' in decoder && decoder.reversed ? reverse(x, 1) : x;
  const { encoded, mask, truth } = input;
  const initialStates = decoder.bridge === 'state' ? encoded.states.toReversed() : undefined;
  const directed = { ...input, mask: mask && inTime(mask), truth: truth && inTime(truth), initialStates };
  const decoded = decoder.conditional
    ? decodeConditionally(decoder, place, weights, directed, training)
    : decodeFromState(decoder, name, weights, directed, training);
  const layers = decoded.map(inTime); // each [batch, steps, units]
  const last = layers.at(-1)!;
  const outputs: Record<string, Tensor3D> = { [head]: denseLayer(head, last, weights) }; // each [batch, steps, features]
  if (decoder.variance) outputs[logVarianceOf(head)] = denseLayer(logVarianceOf(head), last, weights);
  return { outputs, activations: { ...named(name, layers), ...outputs } };
}

/** Decodes without feedback: every step reads the latent vector, or nothing. */
function decodeFromState(
  { layers, bridge }: DecoderSpec,
  name: string,
  weights: Weights,
  { encoded, steps, mask, initialStates }: DirectedInput,
  training: TrainingPass | undefined,
): readonly Tensor3D[] {
  const options = { mask, initialStates, returnSequences: true, stream: training?.stream };
  if (bridge === 'repeat') {
    return lstmStack(name, repeated(encoded.latent, steps), layers, weights, options).outputs as Tensor3D[];
  }
  // A decoder that reads nothing has no kernel; the operation wants one.
  const nothing = zeros<Rank.R2>([encoded.latent.shape[0], 1]);
  const noKernel = zeros<Rank.R2>([1, 4 * layers[0]!.units]);
  const withKernel: Weights = <T extends Tensor>(path: string) =>
    path === `${name}/0/kernel` ? (noKernel as Tensor as T) : weights<T>(path);
  return lstmStack(name, repeated(nothing, steps), layers, withKernel, options).outputs as Tensor3D[];
}

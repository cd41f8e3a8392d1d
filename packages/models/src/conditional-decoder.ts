import { argumentError } from '@retrace/errors';
import { type LstmState, lstm, repeated } from '@retrace/ops';
import { dropoutMask } from '@retrace/random';
import {
  add,
  concat,
  expandDims,
  matMul,
  mul,
  reshape,
  slice,
  squeeze,
  stack,
  step as stepFunction,
  sub,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tile,
  zeros,
} from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import type { DecoderPlace, DirectedInput } from './decoder.ts';
import { denseLayer } from './dense-stack.ts';
import { dropout } from './dropout.ts';
import { lstmStack } from './lstm-stack.ts';
import type { RandomStream } from './random-stream.ts';
import type { DecoderSpec } from './spec.ts';
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

/**
 * Feeds a single layer its own output in one sequence. With the head y = h · V + v and the kernel's rows K for y and
 * L for the latent vector z,
 *
 *     y · K + z · L + h · U + b = z · L + h · (U + V · K) + (b + v · K)
 *
 * so from the second step on it is an LSTM without feedback.
 */
function decodeFolded(
  { layers, bridge }: DecoderSpec,
  { name, head, features }: DecoderPlace,
  weights: Weights,
  { encoded, steps, first, initialStates }: DirectedInput,
): Tensor3D {
  const { units, activation, recurrentActivation } = layers[0]!;
  const kernel = weights<Tensor2D>(`${name}/0/kernel`);
  const recurrentKernel = weights<Tensor2D>(`${name}/0/recurrentKernel`);
  const bias = weights<Tensor1D>(`${name}/0/bias`);
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

/** Feeds one step at a time; at a masked step neither the states nor the feedback move. */
function decodeStepwise(
  { layers, bridge }: DecoderSpec,
  { name, head }: DecoderPlace,
  weights: Weights,
  { encoded, steps, mask, first, truth, initialStates }: DirectedInput,
  training: TrainingPass | undefined,
): readonly Tensor3D[] {
  const batchSize = first.shape[0];
  const states = layers.map(
    ({ units }, index): LstmState =>
      initialStates?.[index] ?? { h: zeros([batchSize, units]), c: zeros([batchSize, units]) },
  );
  const collected: Tensor2D[][] = layers.map(() => []);
  let previous = first;
  for (let k = 0; k < steps; k++) {
    const counts = mask && slice(mask, [0, k], [batchSize, 1]);
    let output = bridge === 'repeat' ? concat([previous, encoded.latent], 1) : previous;
    for (const [index, { activation, recurrentActivation, dropout: rate }] of layers.entries()) {
      const path = `${name}/${index}`;
      const state = lstm(
        repeated(output, 1),
        {
          kernel: weights(`${path}/kernel`),
          recurrentKernel: weights(`${path}/recurrentKernel`),
          bias: weights(`${path}/bias`),
        },
        { activation, recurrentActivation, initialState: states[index]!, ...(counts && { mask: counts }) },
      );
      states[index] = state;
      output = training ? dropout(state.h, rate, training.stream) : state.h;
      collected[index]!.push(output);
    }
    if (k === steps - 1) break;
    const own = denseLayer(head, output, weights);
    const next = training && truth ? sampled(own, stepOf(truth, k), training) : own;
    previous = counts ? add(mul(next, counts), mul(previous, sub(1, counts))) : next;
  }
  return collected.map((outputs) => stack(outputs, 1) as Tensor3D);
}

/** Takes the truth for some windows and the decoder's own output for the others. */
function sampled(own: Tensor2D, truth: Tensor2D, { stream, teacherForcing }: TrainingPass): Tensor2D {
  const taught = coins(stream, own.shape[0], teacherForcing);
  return add(mul(truth, taught), mul(own, sub(1, taught)));
}

/** `[batch, 1]`, 1 with the chance given, else 0. */
function coins(stream: RandomStream, batchSize: number, chance: number): Tensor2D {
  const layer = stream.nextDraw();
  if (chance === 0) return zeros([batchSize, 1]);
  const position = { seed: stream.seed, step: stream.step, layer };
  return stepFunction(tensor(dropoutMask(position, batchSize, 1 - chance), [batchSize, 1]));
}

function stepOf(sequence: Tensor3D, k: number): Tensor2D {
  const [batchSize, , features] = sequence.shape;
  return reshape(slice(sequence, [0, k, 0], [batchSize, 1, features]), [batchSize, features]);
}

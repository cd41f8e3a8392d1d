import { type LstmState, lstm, repeated } from '@retrace/ops';
import { dropoutMask } from '@retrace/random';
import {
  add,
  concat,
  mul,
  reshape,
  slice,
  stack,
  step as stepFunction,
  sub,
  type Tensor2D,
  type Tensor3D,
  tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import type { DecoderPlace, DirectedInput } from './decoder.ts';
import { denseLayer } from './dense-stack.ts';
import { dropout } from './dropout.ts';
import { lstmWeights } from './lstm-stack.ts';
import type { RandomStream } from './random-stream.ts';
import type { DecoderSpec } from './spec.ts';
import type { Weights } from './weights.ts';

/**
 * Feeds a conditional decoder one step at a time; at a masked step neither the states nor the feedback move. In training
 * the feedback is the truth for some windows and its own output for the others (Bengio et al. 2015).
 */
export function decodeStepwise(
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
      const state = lstm(repeated(output, 1), lstmWeights(`${name}/${index}`, weights), {
        activation,
        recurrentActivation,
        initialState: states[index]!,
        ...(counts && { mask: counts }),
      });
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

import type { DecoderSpec } from '@retrace/models';
import { addDense } from './dense-layer.ts';
import type { Encoded } from './encoder-nodes.ts';
import { addFeedbackLoop } from './feedback-loop.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { LstmState } from './lstm-layer.ts';
import { addLstmStack } from './lstm-stack.ts';
import type { Padding } from './padding.ts';
import { addStepsInTime, type TakenSteps } from './steps-in-time.ts';
import { addZeros } from './zeros.ts';

export interface DecoderInputs {
  /** The path of its layers, such as `decoder`. */
  readonly name: string;
  /** The name of its head and output, such as `reconstruction`. */
  readonly head: string;
  readonly steps: number;
  readonly features: number;
  /** Whether it decodes from the last step to the first. Default false. */
  readonly reversed?: boolean;
  readonly encoded: Encoded;
  /** Adds what a conditional decoder reads first, `[1, batch, features]`. */
  readonly first: () => string;
  /** That of the steps it decodes. Default none. */
  readonly padding?: Padding | undefined;
}

/**
 * Adds a decoder and its outputs, each `[batch, steps, features]`.
 *
 * Padding is of no account while it decodes, since what it reads is the same at every step or its own output: it takes
 * all steps, and those of the window that count get the first of them.
 */
export function addDecoder(graph: GraphBuilder, decoder: DecoderSpec, inputs: DecoderInputs): void {
  const { head, reversed = false, encoded, padding } = inputs;
  const states = decoder.bridge === 'state' ? encoded.states.toReversed() : undefined;
  const { sequence, before } = decoder.conditional
    ? addConditionalSteps(graph, decoder, inputs, states)
    : addSteps(graph, decoder, inputs, states);
  const inTime = addStepsInTime(graph, { sequence, before, reversed, padding });
  for (const output of decoderOutputs(decoder, head)) addDense(graph, output, inTime);
}

/** The names of what a decoder puts out: its head, and the logarithm of the variance where it has that. */
export function decoderOutputs({ variance }: DecoderSpec, head: string): readonly string[] {
  return variance ? [head, `${head}/logVariance`] : [head];
}

type Steps = Pick<TakenSteps, 'sequence' | 'before'>;

function addSteps(
  graph: GraphBuilder,
  { layers, bridge }: DecoderSpec,
  { name, steps, encoded }: DecoderInputs,
  states: readonly LstmState[] | undefined,
): Steps {
  const input =
    bridge === 'repeat'
      ? graph.add('Expand', [encoded.latent, graph.ints(steps, 1, 1)])
      : addZeros(graph, steps, 1);
  const { sequence } = addLstmStack(graph, name, layers, { input, states }).at(-1)!;
  return { sequence, before: () => addZeros(graph, 1, layers.at(-1)!.units) };
}

function addConditionalSteps(
  graph: GraphBuilder,
  decoder: DecoderSpec,
  { name, head, steps, features, encoded, first }: DecoderInputs,
  states: readonly LstmState[] | undefined,
): Steps {
  const initial =
    states ??
    decoder.layers.map(({ units }): LstmState => {
      const zeros = addZeros(graph, 1, units);
      return { h: zeros, c: zeros };
    });
  const latent =
    decoder.bridge === 'repeat' ? graph.add('Unsqueeze', [encoded.latent, graph.ints(0)]) : undefined;
  const feedback = { steps, features, first: first(), latent, states: initial };
  const sequence = addFeedbackLoop(graph, decoder, { name, head }, feedback);
  return { sequence, before: () => initial.at(-1)!.h };
}

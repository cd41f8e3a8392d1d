import type { EncoderPart } from '@retrace/models';
import { addDense } from './dense-layer.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { LstmState } from './lstm-layer.ts';
import { addLstmStack } from './lstm-stack.ts';
import { addCountedFirst, type Padding } from './padding.ts';

export interface Encoded {
  /** `[batch, latentSize]` */
  readonly latent: string;
  /** Each layer's state after the last step. */
  readonly states: readonly LstmState[];
}

/** Adds an encoder. */
export function addEncoder(
  graph: GraphBuilder,
  { encoder, bottleneck }: Pick<EncoderPart, 'encoder' | 'bottleneck'>,
  padding: Padding | undefined,
): Encoded {
  const states = addLstmStack(graph, 'encoder', encoder, addWindow(graph, padding));
  const last = [states.at(-1)!.h, graph.ints(0)];
  if (!bottleneck) return { latent: graph.add('Squeeze', last, {}, 'latent'), states };
  const { activation } = bottleneck;
  return { latent: addDense(graph, 'latent', graph.add('Squeeze', last), { activation }), states };
}

/** Adds what the first LSTM layer reads of the windows: `[timesteps, batch, features]`, padding last. */
export function addWindow(
  graph: GraphBuilder,
  padding: Padding | undefined,
): { readonly input: string; readonly lengths: string | undefined } {
  const window = padding ? addCountedFirst(graph, padding, 'input') : 'input';
  const input = graph.add('Transpose', [window], { perm: { ints: [1, 0, 2] } });
  return { input, lengths: padding?.lengths };
}

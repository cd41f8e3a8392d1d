import type { LstmLayerSpec } from '@retrace/models';
import type { GraphBuilder } from './graph-builder.ts';
import { addLstm, type LstmInputs, type LstmOutputs, type LstmState } from './lstm-layer.ts';

export interface LstmStackInputs extends Omit<LstmInputs, 'state'> {
  /** Each layer's state before the first step. Default zeros. */
  readonly states?: readonly LstmState[] | undefined;
}

/** Adds stacked LSTM layers, `<name>/0`, `<name>/1`, …; returns the outputs of each. */
export function addLstmStack(
  graph: GraphBuilder,
  name: string,
  layers: readonly LstmLayerSpec[],
  { input, lengths, states }: LstmStackInputs,
): readonly LstmOutputs[] {
  const outputs: LstmOutputs[] = [];
  for (const [index, layer] of layers.entries()) {
    const below = outputs.at(-1);
    const read = below ? graph.add('Squeeze', [below.sequence, graph.ints(1)]) : input;
    outputs.push(addLstm(graph, `${name}/${index}`, layer, { input: read, lengths, state: states?.[index] }));
  }
  return outputs;
}

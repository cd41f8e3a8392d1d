import type { DecoderSpec } from '@retrace/models';
import { addDense } from './dense-layer.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { addLstm, type LstmState } from './lstm-layer.ts';
import type { OnnxValue } from './onnx-messages.ts';

export interface FeedbackInputs {
  readonly steps: number;
  readonly features: number;
  /** What the first step reads in place of an output, `[1, batch, features]`. */
  readonly first: string;
  /** What every step reads besides, `[1, batch, latentSize]`; absent where it reads nothing. */
  readonly latent: string | undefined;
  /** Each layer's state before the first step. */
  readonly states: readonly LstmState[];
}

/**
 * Adds a decoder whose steps read the output of the step before, as a `Loop`. Returns h of its last layer after every
 * step, `[steps, 1, batch, units]`.
 */
export function addFeedbackLoop(
  graph: GraphBuilder,
  { layers }: DecoderSpec,
  { name, head }: { readonly name: string; readonly head: string },
  { steps, features, first, latent, states }: FeedbackInputs,
): string {
  const before = `${name}/before`;
  const statesBefore = layers.map((_, index) => ({
    h: `${name}/${index}/h/before`,
    c: `${name}/${index}/c/before`,
  }));
  const row = (value: string, columns: number): OnnxValue => ({
    name: value,
    type: 'float',
    dims: [1, 'batch', columns],
  });
  const rows = (output: string, each: readonly LstmState[]) => [
    row(output, features),
    ...each.flatMap(({ h, c }, index) => [h, c].map((value) => row(value, layers[index]!.units))),
  ];
  const body = graph.body(name, () => {
    let output = latent ? graph.add('Concat', [before, latent], { axis: { int: 2 } }) : before;
    const statesAfter = layers.map((layer, index) => {
      const state = addLstm(graph, `${name}/${index}`, layer, { input: output, state: statesBefore[index] });
      output = state.h;
      return state;
    });
    const [condition, goesOn] = [`${name}/condition`, graph.add('Identity', [`${name}/condition`])];
    const fedBack = addDense(graph, head, output, { output: `${name}/output` });
    // A value may be only one of the outputs.
    const collected = graph.add('Identity', [output]);
    return {
      inputs: [
        { name: `${name}/step`, type: 'int64', dims: [] },
        { name: condition, type: 'bool', dims: [] },
        ...rows(before, statesBefore),
      ],
      outputs: [
        { name: goesOn, type: 'bool', dims: [] },
        ...rows(fedBack, statesAfter),
        row(collected, layers.at(-1)!.units),
      ],
    };
  });
  const initial = [first, ...states.flatMap(({ h, c }) => [h, c])];
  const sequence = `${name}/sequence`;
  graph.addNode({
    op: 'Loop',
    inputs: [graph.int(steps), '', ...initial],
    outputs: [...rows(before, statesBefore).map((value) => `${value.name}/after`), sequence],
    attributes: { body },
  });
  return sequence;
}

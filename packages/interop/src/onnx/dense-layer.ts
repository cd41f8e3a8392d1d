import type { Activation, DenseLayerSpec } from '@retrace/models';
import { activationNode } from './activation-functions.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Adds the dense layer at `path`, over the last axis of `input`. Its output has the name of the layer unless told. */
export function addDense(
  graph: GraphBuilder,
  path: string,
  input: string,
  { activation = 'linear', output = path }: { activation?: Activation; output?: string } = {},
): string {
  const product = graph.add('MatMul', [input, graph.weight(`${path}/kernel`)]);
  const operands = [product, graph.weight(`${path}/bias`)];
  const node = activationNode(activation);
  if (!node) return graph.add('Add', operands, {}, output);
  return graph.add(node.op, [graph.add('Add', operands)], node.attributes, output);
}

/** Adds the dense layers `dense/0`, `dense/1`, …; returns the output of the last, or the input where there are none. */
export function addDenseStack(graph: GraphBuilder, layers: readonly DenseLayerSpec[], input: string): string {
  return layers.reduce(
    (below, { activation }, index) => addDense(graph, `dense/${index}`, below, { activation }),
    input,
  );
}

import type { GraphBuilder } from './graph-builder.ts';
import { elementTypes } from './onnx-messages.ts';

/**
 * What is known of the padding of windows. At a padded step a model's states stay as they are, wherever in the window
 * it is. ONNX's LSTM knows only sequences that end early. So the steps that count are moved to the front, the layers
 * run over them, and each step of the window is given the state after the last step that counted.
 */
export interface Padding {
  readonly timesteps: number;
  /** int64 `[batch, timesteps]`: 1 where a step counts, 0 where it is padding. */
  readonly counts: string;
  /** int32 `[batch]`: how many steps count. */
  readonly lengths: string;
}

/** Adds what is known of the padding, from the input `mask`. */
export function addPadding(graph: GraphBuilder, timesteps: number): Padding {
  const counts = graph.add('Cast', ['mask'], { to: { int: elementTypes.int64 } });
  const total = graph.add('ReduceSum', [counts, graph.ints(1)], { keepdims: { int: 0 } });
  return { timesteps, counts, lengths: graph.add('Cast', [total], { to: { int: elementTypes.int32 } }) };
}

/** Moves the steps that count to the front of a sequence `[batch, timesteps, features]`, in their order. */
export function addCountedFirst(
  graph: GraphBuilder,
  { timesteps, counts }: Padding,
  sequence: string,
): string {
  const [values, order] = ['counted', 'counted/steps'];
  // Of equal values, TopK puts those of lower index first.
  graph.addNode({
    op: 'TopK',
    inputs: [counts, graph.ints(timesteps)],
    outputs: [values, order],
    attributes: {},
  });
  return addStepsAt(graph, sequence, order);
}

/**
 * Gives each step of the window the state after the last step that counted: of the states before the first step and
 * after each, `[batch, timesteps + 1, units]`, makes `[batch, timesteps, units]`.
 *
 * @param reversed Whether steps were taken from the last to the first.
 */
export function addHeld(
  graph: GraphBuilder,
  { counts }: Padding,
  states: string,
  { reversed }: { readonly reversed: boolean },
): string {
  const taken = graph.add('CumSum', [counts, graph.int(1)], { reverse: { int: Number(reversed) } });
  return addStepsAt(graph, states, taken);
}

function addStepsAt(graph: GraphBuilder, sequence: string, steps: string): string {
  const indices = graph.add('Unsqueeze', [steps, graph.ints(2)]);
  return graph.add('GatherND', [sequence, indices], { batch_dims: { int: 1 } });
}

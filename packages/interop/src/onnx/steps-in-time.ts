import type { GraphBuilder } from './graph-builder.ts';
import { addHeld, type Padding } from './padding.ts';

export interface TakenSteps {
  /** h after every step, `[steps, 1, batch, units]`, in the order in which the steps were taken. */
  readonly sequence: string;
  /** Adds what stands at padded steps before the first that counts, `[1, batch, units]`. */
  readonly before: () => string;
  /** Whether the steps were taken from the last to the first. */
  readonly reversed: boolean;
  readonly padding: Padding | undefined;
}

/** Brings the outputs of an LSTM layer into the order of time, `[batch, steps, units]`. */
export function addStepsInTime(
  graph: GraphBuilder,
  { sequence, before, reversed, padding }: TakenSteps,
): string {
  const taken = graph.add('Squeeze', [sequence, graph.ints(1)]);
  const batchFirst = (steps: string) => graph.add('Transpose', [steps], { perm: { ints: [1, 0, 2] } });
  if (padding) {
    const states = graph.add('Concat', [before(), taken], { axis: { int: 0 } });
    return addHeld(graph, padding, batchFirst(states), { reversed });
  }
  if (!reversed) return batchFirst(taken);
  const [last, beforeFirst] = [graph.ints(-1), graph.ints(-(2 ** 31))];
  return batchFirst(graph.add('Slice', [taken, last, beforeFirst, graph.ints(0), graph.ints(-1)]));
}

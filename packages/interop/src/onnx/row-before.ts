import type { EncoderPart, PredictedRows } from '@retrace/models';
import type { GraphBuilder } from './graph-builder.ts';
import { elementTypes } from './onnx-messages.ts';
import type { Padding } from './padding.ts';
import { addZeros } from './zeros.ts';

/**
 * Adds the last row in that comes before the first row out, `[1, batch, features]`; zeros where there is none or it is
 * padding.
 */
export function addRowBefore(
  graph: GraphBuilder,
  { shift, timesteps, features }: EncoderPart & PredictedRows,
  padding: Padding | undefined,
): string {
  const index = Math.min(timesteps + shift, timesteps) - 1;
  if (index < 0) return addZeros(graph, 1, features);
  const at = (sequence: string) => graph.add('Gather', [sequence, graph.ints(index)], { axis: { int: 1 } });
  const turned = (row: string) => graph.add('Transpose', [row], { perm: { ints: [1, 0, 2] } });
  if (!padding) return turned(at('input'));
  const counts = graph.add('Cast', [at(padding.counts)], { to: { int: elementTypes.float } });
  return turned(graph.add('Mul', [at('input'), graph.add('Unsqueeze', [counts, graph.ints(2)])]));
}

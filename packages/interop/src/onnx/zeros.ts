import type { GraphBuilder } from './graph-builder.ts';

/** Adds zeros of shape `[rows, batch, columns]`. */
export function addZeros(graph: GraphBuilder, rows: number, columns: number): string {
  const batch = graph.add('Shape', ['input'], { end: { int: 1 } });
  const shape = graph.add('Concat', [graph.ints(rows), batch, graph.ints(columns)], { axis: { int: 0 } });
  return graph.add('ConstantOfShape', [shape]);
}

import { checkKeys, checkOneOf } from '@retrace/errors';
import { mermaidDiagram } from './mermaid-diagram.ts';
import { parseSpec } from './parse-spec.ts';
import type { ModelSpec } from './spec.ts';
import { stages } from './stages.ts';
import { svgDiagram } from './svg-diagram.ts';

export interface DiagramOptions {
  /** Default 'svg'. */
  readonly format?: 'svg' | 'mermaid';
}

/**
 * Draws a model's data flow, as Keras's `plot_model`: a box a layer with its name and what it is, and on each arrow the
 * shape of what passes. States handed over, outputs fed back and targets of losses are dashed arrows. The SVG's
 * colours follow the text colour of the page it stands in.
 *
 * @throws `RETRACE_MODEL_SPEC` if the spec is not valid, so that no text of a foreign one becomes markup;
 * `RETRACE_INVALID_ARGUMENT` for an unknown option or format.
 */
export function diagram(spec: ModelSpec, options: DiagramOptions = {}): string {
  checkKeys('options', options, ['format']);
  const format = checkOneOf('format', options.format ?? 'svg', ['svg', 'mermaid']);
  const drawn = stages(parseSpec(spec));
  const title = `Data flow of a ${spec.kind} model`;
  return format === 'svg' ? svgDiagram(drawn, title) : mermaidDiagram(drawn, title);
}

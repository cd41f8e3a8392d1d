import { parseSpec } from './parse-spec.ts';
import type { ModelSpec } from './spec.ts';
import { stages } from './stages.ts';

const box = { width: 190, height: 62, gap: 34, margin: 12 };
const perRow = 4;

/**
 * Draws a model's data flow as one SVG: a box a stage with its name, what it is and its output shape, joined by
 * arrows. Colours follow the text colour of the page it stands in.
 *
 * @throws `RETRACE_MODEL_SPEC` if the spec is not valid, so that no text of a foreign one becomes markup.
 */
export function diagram(spec: ModelSpec): string {
  parseSpec(spec);
  const boxes = stages(spec);
  const columns = Math.min(perRow, boxes.length);
  const rows = Math.ceil(boxes.length / perRow);
  const width = 2 * box.margin + columns * box.width + (columns - 1) * box.gap;
  const height = 2 * box.margin + rows * box.height + (rows - 1) * box.gap;
  const at = (index: number) => ({
    x: box.margin + (index % perRow) * (box.width + box.gap),
    y: box.margin + Math.floor(index / perRow) * (box.height + box.gap),
  });
  const drawn = boxes.map(({ name, what, shape }, index) => {
    const { x, y } = at(index);
    const middle = x + box.width / 2;
    return (
      `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" fill="currentColor" fill-opacity="0.06" stroke="currentColor"/>` +
      `<text x="${middle}" y="${y + 20}" font-weight="600">${name}</text>` +
      `<text x="${middle}" y="${y + 37}">${what}</text>` +
      `<text x="${middle}" y="${y + 53}" opacity="0.75">[batch, ${shape.join(', ')}]</text>`
    );
  });
  const arrows = boxes.slice(1).map((_, index) => arrow(at(index), at(index + 1)));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle" fill="currentColor">` +
    `<title>Data flow of a ${spec.kind} model</title>` +
    `<defs><marker id="retrace-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>` +
    `${drawn.join('')}${arrows.join('')}</svg>`
  );
}

function arrow(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const middle = box.height / 2;
  const points =
    from.y === to.y
      ? [from.x + box.width, from.y + middle, to.x, to.y + middle]
      : [
          [from.x + box.width / 2, from.y + box.height],
          [from.x + box.width / 2, from.y + box.height + box.gap / 2],
          [to.x + box.width / 2, from.y + box.height + box.gap / 2],
          [to.x + box.width / 2, to.y],
        ].flat();
  return `<polyline points="${points.join(' ')}" fill="none" stroke="currentColor" marker-end="url(#retrace-arrow)"/>`;
}

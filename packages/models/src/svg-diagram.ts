import { dashedLabels } from './mermaid-diagram.ts';
import { type Stage, type StageInput, shapeText } from './stage.ts';

const box = { width: 230, height: 44 };
const gap = { x: 210, y: 40 };
/** Room beside the boxes for arrows that pass others by: their labels, then a lane an arrow. */
const lane = { first: 60, width: 16 };
const margin = 12;

/**
 * Draws stages as one SVG, from top to bottom: each a row below the lowest stage that it reads, stages of one row side
 * by side. Dashed arrows run in lanes beside the boxes, those of states and targets on the outer side.
 */
export function svgDiagram(stages: readonly Stage[], title: string): string {
  const rows = rowsOf(stages);
  const columns = Math.max(...rows.map((row) => row.length));
  const dashed = stages.flatMap(({ name, inputs }) =>
    inputs.filter(({ kind = 'data' }) => kind !== 'data').map((input) => ({ ...input, to: name })),
  );
  const side = dashed.length === 0 ? 0 : lane.first + lane.width * dashed.length;
  const inner = columns * box.width + (columns - 1) * gap.x;
  const width = 2 * (margin + side) + inner;
  const height = 2 * margin + rows.length * box.height + (rows.length - 1) * gap.y;
  const places = new Map(
    rows.flatMap((row, r) => {
      const own = row.length * box.width + (row.length - 1) * gap.x;
      return row.map(({ name }, column) => {
        const x = (width - own) / 2 + column * (box.width + gap.x);
        return [name, { x, y: margin + r * (box.height + gap.y), middle: x + box.width / 2 }] as const;
      });
    }),
  );
  const at = (name: string) => places.get(name)!;

  const boxes = stages.map(({ name, what }) => {
    const { x, y, middle } = at(name);
    return (
      `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" fill="currentColor" fill-opacity="0.06" stroke="currentColor"/>` +
      `<text x="${middle}" y="${y + 18}" font-weight="600">${name}</text>` +
      `<text x="${middle}" y="${y + 35}">${what}</text>`
    );
  });
  const arrows = stages.flatMap(({ name, inputs }) =>
    inputs
      .filter(({ kind = 'data' }) => kind === 'data')
      .map(({ from }) => {
        const source = stages.find((stage) => stage.name === from)!;
        const start = { x: at(from).middle, y: at(from).y + box.height };
        const end = { x: at(name).middle, y: at(name).y };
        const leans = Math.sign(end.x - start.x);
        // Beside a straight arrow; on the outer side of one that leans.
        const label =
          leans === 0
            ? { x: end.x + 8, y: (start.y + end.y) / 2 + 4 }
            : { x: end.x + 10 * leans, y: end.y - 6 };
        return (
          `<path d="M${start.x} ${start.y}L${end.x} ${end.y}" fill="none" stroke="currentColor" marker-end="url(#retrace-arrow)"/>` +
          `<text x="${label.x}" y="${label.y}" text-anchor="${leans < 0 ? 'end' : 'start'}" opacity="0.75">${shapeText(source)}</text>`
        );
      }),
  );
  const lanes = dashed.map((arrow, index) => dashedArrow(arrow, index, at, width));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle" fill="currentColor">` +
    `<title>${title}</title>` +
    `<defs><marker id="retrace-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>` +
    `${boxes.join('')}${arrows.join('')}${lanes.join('')}</svg>`
  );
}

/** The stages by rows: each below all it reads, but for what is fed back to it. */
function rowsOf(stages: readonly Stage[]): Stage[][] {
  const rowOf = new Map<string, number>();
  const rows: Stage[][] = [];
  for (const stage of stages) {
    const above = stage.inputs.filter(({ kind }) => kind !== 'feedback').map(({ from }) => rowOf.get(from)!);
    const row = above.length === 0 ? 0 : Math.max(...above) + 1;
    rowOf.set(stage.name, row);
    rows[row] = [...(rows[row] ?? []), stage];
  }
  return rows.filter((row) => row.length > 0);
}

function dashedArrow(
  { from, to, kind }: StageInput & { readonly to: string },
  index: number,
  at: (name: string) => { x: number; y: number; middle: number },
  width: number,
): string {
  const [start, end] = [at(from), at(to)];
  const onRight = end.middle > width / 2;
  const rightwards = kind === 'feedback' ? !onRight : onRight;
  const out = rightwards ? 1 : -1;
  const edge = (place: { x: number }) => (rightwards ? place.x + box.width : place.x);
  const reach = lane.first + lane.width * index;
  const outermost = rightwards ? Math.max(edge(start), edge(end)) : Math.min(edge(start), edge(end));
  const x = outermost + out * reach;
  const [y1, y2] = [start.y + box.height / 2 + 8, end.y + box.height / 2 - 8];
  const path = `M${edge(start)} ${y1}H${x}V${y2}H${edge(end)}`;
  return (
    `<path d="${path}" fill="none" stroke="currentColor" stroke-dasharray="4 3" marker-end="url(#retrace-arrow)"/>` +
    `<text x="${edge(end) + out * 8}" y="${y2 - 4}" text-anchor="${rightwards ? 'start' : 'end'}" opacity="0.75">${dashedLabels[kind as keyof typeof dashedLabels]}</text>`
  );
}

import { chartStyle } from './chart-style.ts';
import { drawAxis } from './draw-axis.ts';
import { escapeMarkup } from './escape-markup.ts';
import { drawLegend, type LegendEntry } from './legend.ts';
import { drawPanel, type Panel } from './panel.ts';
import type { SharedAxis } from './shared-axis.ts';
import { textWidth } from './text-width.ts';

/** What a chart is made of, top to bottom. */
export interface Chart {
  /** What a person who cannot see the chart is told. */
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  readonly x: SharedAxis;
  readonly legend: readonly LegendEntry[];
  readonly panels: readonly Panel[];
}

const padding = 12;

/** Draws panels under a legend, over one horizontal axis, as an SVG document that brings its own style. */
export function drawChart({ label, width, x, legend, panels }: Chart): string {
  const inner = width - 2 * padding;
  const labels = panels.flatMap(({ y }) => ('rows' in y ? y.rows : y.labels));
  const left = Math.max(44, 12 + Math.max(...labels.map(textWidth)));
  const frame = { width: inner, left: Math.min(left, inner / 2), right: 18 };
  const key = drawLegend(legend, inner);
  let top = padding + key.height + (key.height > 0 ? 6 : 0);
  const strips = [...panels.map((panel) => drawPanel(panel, x, frame)), drawAxis(x, frame)];
  const drawn = strips.map((strip) => {
    const group = `<g transform="translate(${padding},${top})">${strip.markup}</g>`;
    top += strip.height;
    return group;
  });
  const height = top;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rt-chart" role="img" aria-label="${escapeMarkup(label)}"`,
    ` viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="12" text-anchor="middle"`,
    ` font-family="system-ui, sans-serif" fill="currentColor"><style>${chartStyle}</style>`,
    `<rect class="rt-paper" width="${width}" height="${height}"/>`,
    `<g transform="translate(${padding},${padding})">${key.markup}</g>${drawn.join('')}</svg>`,
  ].join('');
}

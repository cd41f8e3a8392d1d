import { chartStyle } from './chart-style.ts';
import { drawAxis, positionOf } from './draw-axis.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { Interval } from './intervals.ts';
import { drawLegend, type LegendEntry } from './legend.ts';
import { drawPanel, type Frame, type Panel } from './panel.ts';
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
  /** Stretches of the horizontal axis to shade behind all panels. */
  readonly shaded?: readonly Interval[];
  readonly panels: readonly Panel[];
}

const padding = 12;

/** Draws panels under a legend, over one horizontal axis, as an SVG document that brings its own style. */
export function drawChart({ label, width, x, legend, shaded = [], panels }: Chart): string {
  const inner = width - 2 * padding;
  const labels = panels.flatMap(({ y }) => ('rows' in y ? y.rows : y.labels));
  const left = Math.max(44, 12 + Math.max(...labels.map(textWidth)));
  const frame = { width: inner, left: Math.min(left, inner / 2), right: 18 };
  const key = drawLegend(legend, inner);
  const start = padding + key.height;
  let end = start;
  const at = (y: number, markup: string): string => `<g transform="translate(${padding},${y})">${markup}</g>`;
  const [drawn, between]: [string[], string[]] = [[], []];
  for (const panel of panels) {
    const { markup, height, top } = drawPanel(panel, x, frame);
    drawn.push(at(end, markup));
    between.push(`<rect class="rt-paper" y="${end}" width="${width}" height="${top}"/>`);
    end += height;
  }
  const axis = drawAxis(x, frame);
  const height = end + axis.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rt-chart" role="img" aria-label="${escapeMarkup(label)}"`,
    ` viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="12" text-anchor="middle"`,
    ` font-family="system-ui, sans-serif" fill="currentColor"><style>${chartStyle}</style>`,
    `<rect class="rt-paper" width="${width}" height="${height}"/>`,
    at(padding, key.markup),
    `<g class="rt-found">${at(start, bands(shaded, x, frame, end - start))}</g>`,
    ...between,
    ...drawn,
    at(end, axis.markup),
    '</svg>',
  ].join('');
}

function bands(intervals: readonly Interval[], x: SharedAxis, frame: Frame, height: number): string {
  return intervals
    .map(({ start, end }) => {
      const [from, to] = [positionOf(start, x, frame), positionOf(end, x, frame)];
      return `<rect x="${from.toFixed(1)}" width="${(to - from).toFixed(1)}" height="${height}"/>`;
    })
    .join('');
}

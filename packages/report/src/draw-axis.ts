import type { Frame } from './panel.ts';
import type { SharedAxis } from './shared-axis.ts';

const lineHeight = 15;

/** Draws the labels of a horizontal axis as SVG markup, its upper left corner at the origin. */
export function drawAxis(
  { domain: [low, high], ticks, labels, label }: SharedAxis,
  { width, left, right }: Frame,
): { markup: string; height: number } {
  const lines = labels.map((text) => text.split('\n'));
  const texts = ticks.map((tick, index) => {
    const x = Math.round(left + ((tick - low) / (high - low)) * (width - left - right));
    const rows = lines[index]!.map(
      (text, row) => `<tspan x="${x}" y="${(row + 1) * lineHeight}">${text}</tspan>`,
    );
    return `<text>${rows.join('')}</text>`;
  });
  const bottom = (Math.max(0, ...lines.map(({ length }) => length)) + 1) * lineHeight + 2;
  const name = `<text class="rt-label" x="${width - right}" y="${bottom}" text-anchor="end">${label}</text>`;
  return { markup: `<g class="rt-tick">${texts.join('')}</g>${name}`, height: bottom + 6 };
}

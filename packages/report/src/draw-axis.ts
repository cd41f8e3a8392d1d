import type { Frame } from './panel.ts';
import type { SharedAxis } from './shared-axis.ts';

const lineHeight = 15;

/** Returns the pixel, from the left edge of the panels, at which they draw a value of the shared axis. */
export function positionOf(
  value: number,
  { domain: [low, high] }: SharedAxis,
  { width, left, right }: Frame,
): number {
  return left + ((value - low) / (high - low)) * (width - left - right);
}

/** Draws the labels of a horizontal axis as SVG markup, its upper left corner at the origin. */
export function drawAxis(axis: SharedAxis, frame: Frame): { markup: string; height: number } {
  const { ticks, labels, label } = axis;
  const lines = labels.map((text) => text.split('\n'));
  const texts = ticks.map((tick, index) => {
    const x = Math.round(positionOf(tick, axis, frame));
    const rows = lines[index]!.map(
      (text, row) => `<tspan x="${x}" y="${(row + 1) * lineHeight + 3}">${text}</tspan>`,
    );
    return `<text>${rows.join('')}</text>`;
  });
  const bottom = (Math.max(0, ...lines.map(({ length }) => length)) + 1) * lineHeight + 5;
  const name = `<text class="rt-label" x="${frame.width - frame.right}" y="${bottom}" text-anchor="end">${label}</text>`;
  return { markup: `<g class="rt-tick">${texts.join('')}</g>${name}`, height: bottom + 6 };
}

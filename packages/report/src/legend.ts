import { escapeMarkup } from './escape-markup.ts';
import { textWidth } from './text-width.ts';

/** One entry of a legend: the class of what is drawn, whether as a line or as an area, its marker, and its meaning. */
export interface LegendEntry {
  readonly className: string;
  readonly shape: 'line' | 'area';
  /** The corners of what marks the points of a line, in pixels from each. */
  readonly marker?: readonly (readonly [x: number, y: number])[];
  readonly text: string;
}

const rowHeight = 22;
const sample = 22;

/** Draws a legend in as many rows as `width` needs, with its upper left corner at the origin. */
export function drawLegend(
  entries: readonly LegendEntry[],
  width: number,
): { markup: string; height: number } {
  let [x, row] = [0, 0];
  const parts = entries.map(({ className, shape, marker, text }) => {
    const room = sample + 6 + textWidth(text) + 14;
    if (x > 0 && x + room > width) [x, row] = [0, row + 1];
    const middle = row * rowHeight + 10;
    const drawn =
      shape === 'line'
        ? `<g class="${className}"><path fill="none" d="M${x},${middle}h${sample}"/>${drawMarker(marker, x + sample / 2, middle)}</g>`
        : `<g class="${className}"><rect x="${x}" y="${middle - 6}" width="${sample}" height="12"/></g>`;
    const words = `<text x="${x + sample + 6}" y="${middle + 4}" text-anchor="start">${escapeMarkup(text)}</text>`;
    x += room;
    return drawn + words;
  });
  return { markup: parts.join(''), height: entries.length === 0 ? 0 : (row + 1) * rowHeight };
}

function drawMarker(corners: LegendEntry['marker'], x: number, y: number): string {
  if (!corners) return '';
  const points = corners.map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`);
  return `<path fill="currentColor" d="M${points.join('L')}Z"/>`;
}

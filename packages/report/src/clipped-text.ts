import { escapeMarkup } from './escape-markup.ts';

/** Estimates the width in pixels of text set in 12 px system fonts; there is no font to measure here. */
export function textWidth(text: string): number {
  return [...text].length * 6.6;
}

/** Writes one line of SVG text, shortened to `width` pixels; the whole of a shortened text is its tooltip. */
export function clippedText(
  text: string,
  { x, y, width, className }: { x: number; y: number; width: number; className: string },
): string {
  const characters = [...text];
  const room = Math.max(1, Math.floor(width / textWidth('m')));
  const clipped = characters.length > room;
  const shown = clipped ? `${characters.slice(0, room - 1).join('')}…` : text;
  const tooltip = clipped ? `<title>${escapeMarkup(text)}</title>` : '';
  return `<text class="${className}" x="${x}" y="${y}" text-anchor="start">${tooltip}${escapeMarkup(shown)}</text>`;
}

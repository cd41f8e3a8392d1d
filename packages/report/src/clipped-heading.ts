import { escapeMarkup } from './escape-markup.ts';
import { textWidth } from './text-width.ts';

/** Writes a line of text in 13 px bold, shortened to `width` pixels; its whole is then the tooltip. */
export function clippedHeading(text: string, { y, width }: { y: number; width: number }): string {
  // A bold letter of 13 px takes up to a fifth more than the estimate.
  const room = width / 1.2;
  const clipped = textWidth(text) > room;
  const shown = clipped ? `${beginning(text, room - textWidth('…'))}…` : text;
  const tooltip = clipped ? `<title>${escapeMarkup(text)}</title>` : '';
  return `<text class="rt-heading" y="${y}" text-anchor="start">${tooltip}${escapeMarkup(shown)}</text>`;
}

function beginning(text: string, room: number): string {
  let [kept, taken] = ['', 0];
  for (const character of text) {
    taken += textWidth(character);
    if (taken > room) break;
    kept += character;
  }
  return kept;
}

/** Writes a chart for wide and one for narrow screens; the style of the page shows one of them. */
export function chartPair(draw: (width: number) => string): string {
  return `<div class="wide">${draw(1080)}</div><div class="narrow">${draw(360)}</div>`;
}

/** Writes a figure with three significant digits; whole numbers in full. */
export function figureText(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

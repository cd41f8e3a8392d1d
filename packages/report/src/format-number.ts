/**
 * Writes a number for a reader: four significant digits, whole numbers in full, thousands separated, and an
 * exponent where the plain form would be long. Not a number is an en dash.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e12 || magnitude < 1e-4)) return signed(value.toExponential(2));
  const digits =
    magnitude < 1 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: decimals(magnitude) };
  return signed(value.toLocaleString('en', Number.isInteger(value) ? {} : digits));
}

function decimals(magnitude: number): number {
  return Math.max(0, 3 - Math.floor(Math.log10(magnitude)));
}

function signed(text: string): string {
  return text.replaceAll('-', '−').replace('e+', 'e');
}

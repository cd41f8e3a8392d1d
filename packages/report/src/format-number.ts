/**
 * Writes a number for a reader: four significant digits, whole numbers in full, thousands separated, and an
 * exponent where the plain form would be long. Not a number is an en dash, as an absent one.
 *
 * @param options.decimals Digits after the point, instead of as many as the number needs.
 */
export function formatNumber(value: number, { decimals }: { decimals?: number } = {}): string {
  if (Number.isNaN(value)) return '–';
  const magnitude = Math.abs(value);
  const long = magnitude !== 0 && magnitude < Infinity && (magnitude >= 1e12 || magnitude < 1e-4);
  const text = long
    ? value.toExponential(2)
    : new Intl.NumberFormat('en', precision(value, decimals)).format(value);
  return text.replaceAll('-', '−').replace('e+', 'e');
}

function precision(value: number, decimals: number | undefined): Intl.NumberFormatOptions {
  if (decimals !== undefined) return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  if (Number.isInteger(value)) return {};
  if (Math.abs(value) < 1) return { maximumSignificantDigits: 4 };
  const wholeDigits = Math.floor(Math.log10(Math.abs(value))) + 1;
  return { maximumFractionDigits: Math.max(0, 4 - wholeDigits) };
}

export type DecimalMark = '.' | ',';

/** Every alternative begins differently, so that matching takes time linear in the length. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Digits grouped by threes, such as `1,000.5` or `1_000`, and a decimal comma, such as `1,5` or `1.000,5`. */
const OTHER_NOTATION = /^[+-]?(?:\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?|\d*(?:\.\d{3})*,\d+)$/;

/**
 * Parses a decimal number such as `-3`, `.5` or `1e-3`, white space after it aside; undefined for anything else, of
 * which `0x10`, `1_000`, `1,000`, `NaN`, `Infinity` and what float64 cannot hold, such as `1e400`.
 */
export function parseNumber(cell: string, decimal: DecimalMark = '.'): number | undefined {
  const text = decimal === '.' ? cell : cell.includes('.') ? '' : cell.replace(',', '.');
  const value = Number(text);
  return value - value === 0 && beginsDecimal(text) ? value : undefined;
}

/** Sets decimal numbers apart from what else `Number` takes: blank text, white space before, `0x10`, `0b1`, `0o7`. */
function beginsDecimal(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== 0x30)
    return (first > 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  const letter = text.charCodeAt(1) | 0x20;
  return letter !== 0x78 && letter !== 0x62 && letter !== 0x6f;
}

/** Tells whether a cell that {@link parseNumber} refuses was nevertheless meant as a number, not as text. */
export function isMeantAsNumber(cell: string): boolean {
  return NUMBER.test(cell) || OTHER_NOTATION.test(cell);
}

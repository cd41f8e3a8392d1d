export type DecimalMark = '.' | ',';

/** Every alternative begins differently, so that matching takes time linear in the length. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Digits grouped by threes, such as `1,000.5` or `1_000`, and a decimal comma, such as `1,5` or `1.000,5`. */
const OTHER_NOTATION = /^[+-]?(?:\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?|\d*(?:\.\d{3})*,\d+)$/;

/**
 * Parses a decimal number such as `-3`, `.5` or `1e-3`; undefined for anything else, of which `0x10`, `1_000`,
 * `1,000`, `NaN`, `Infinity` and what float64 cannot hold, such as `1e400`.
 */
export function parseNumber(cell: string, decimal: DecimalMark = '.'): number | undefined {
  const text = decimal === '.' ? cell : cell.includes('.') ? '' : cell.replace(',', '.');
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Tells whether a cell that {@link parseNumber} refuses was nevertheless meant as a number, not as text. */
export function isMeantAsNumber(cell: string): boolean {
  return NUMBER.test(cell) || OTHER_NOTATION.test(cell);
}

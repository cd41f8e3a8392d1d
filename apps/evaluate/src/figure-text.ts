import type { Figures } from './figures.ts';

type FigureOf = (figures: Figures) => number | null;

/** The median over runs of a figure, with its range where there are several. */
export function rangeText(runs: readonly Figures[], of: FigureOf): string {
  const values = runs.map(of).filter((value) => value !== null);
  const middle = figureText(medianOf(runs, of));
  if (values.length < 2) return middle;
  return `${middle} [${figureText(Math.min(...values))}, ${figureText(Math.max(...values))}]`;
}

/** The median over the runs that define a figure; null where none does. */
export function medianOf(runs: readonly Figures[], of: FigureOf): number | null {
  const values = runs
    .map(of)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (values.length === 0) return null;
  const middle = (values.length - 1) / 2;
  return (values[Math.floor(middle)]! + values[Math.ceil(middle)]!) / 2;
}

export function figureText(value: number | null): string {
  if (value === null) return '–';
  return Math.abs(value) >= 2 ? value.toFixed(1) : value.toFixed(3);
}

/** A row of a table of Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The line between the head of a table and its rows. */
export function tableRule(columns: number): string {
  return tableRow(Array.from({ length: columns }, () => '---'));
}

import type { Cell, Cells } from './table-batch.ts';

/** Writes a cell as text for a message, or as the name of an entity; '' where it is missing. */
export function cellText(cells: Cells, i: number): string {
  if ('milliseconds' in cells) {
    const time = cells.milliseconds[i]!;
    if (Number.isNaN(time)) return '';
    return Math.abs(time) > 8.64e15 ? `${time} ms` : new Date(time).toISOString();
  }
  return isMissing(cells[i]) ? '' : String(cells[i]).trim();
}

/** Tells whether a cell of a format with types is empty: null, undefined or NaN. */
export function isMissing(cell: Cell): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell);
}

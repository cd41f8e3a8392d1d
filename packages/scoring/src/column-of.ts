/** Copies column `index` of `cells` (`[rows, columns]`). */
export function columnOf(cells: Float64Array, index: number, columns: number): Float64Array {
  return Float64Array.from({ length: cells.length / columns }, (_, row) => cells[row * columns + index]!);
}

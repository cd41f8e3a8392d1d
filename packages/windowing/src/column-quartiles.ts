import type { Series } from './series.ts';

/** Takes the quartiles of the `count` observed cells of feature `k`, interpolated linearly as numpy does by default. */
export function columnQuartiles(
  series: readonly Series[],
  k: number,
  count: number,
): [lower: number, median: number, upper: number] {
  const column = new Float64Array(count);
  let filled = 0;
  for (const { features, values, observed } of series) {
    for (let cell = k; cell < values.length; cell += features.length) {
      if (observed?.[cell] !== 0) column[filled++] = values[cell]!;
    }
  }
  column.sort();
  return [quantile(column, 0.25), quantile(column, 0.5), quantile(column, 0.75)];
}

function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const weight = place - below;
  const lower = sorted[below]!;
  return weight === 0 ? lower : lower * (1 - weight) + sorted[below + 1]! * weight;
}

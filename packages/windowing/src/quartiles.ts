import type { Transform } from './moments.ts';
import type { Series } from './series.ts';

/** Takes the quartiles of the observed cells of feature `k`, interpolated linearly as numpy does by default. */
export function quartilesOf(
  series: readonly Series[],
  k: number,
  transform: Transform | undefined,
): [lower: number, median: number, upper: number] {
  const cells = series.reduce((sum, { time }) => sum + time.length, 0);
  const column = new Float64Array(cells);
  let filled = 0;
  for (const { features, values, observed } of series) {
    for (let cell = k; cell < values.length; cell += features.length) {
      if (observed?.[cell] === 0) continue;
      column[filled++] = transform ? transform(values[cell]!) : values[cell]!;
    }
  }
  const sorted = column.subarray(0, filled).sort();
  return [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
}

/** The `q`-quantile of sorted values, at least one, between the two nearest. */
export function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const weight = place - below;
  const lower = sorted[below]!;
  return weight === 0 ? lower : lower * (1 - weight) + sorted[below + 1]! * weight;
}

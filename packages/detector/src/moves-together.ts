import { fitScorer } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';

/** Rows that are looked at, about, evenly apart. */
const sampledRows = 20_000;
/** In the evaluation, the plant that the Mahalanobis distance serves has 0.14, the servers that it harms 0.34 and 0.7. */
const limit = 0.2;

/**
 * Tells whether features go together: whether the root mean square of their correlations, shrunk by Ledoit and Wolf's
 * intensity, is above 0.2. Rows with a missing cell are left out; where fewer than two for each feature are whole it is
 * presumed.
 */
export function movesTogether(series: readonly Series[]): boolean {
  const { features } = series[0]!;
  const width = features.length;
  const total = series.reduce((sum, { time }) => sum + time.length, 0);
  const stride = Math.ceil(total / sampledRows);
  const sample: number[] = [];
  let place = 0;
  for (const { time, values } of series) {
    for (let row = 0; row < time.length; row++) {
      if (place++ % stride !== 0) continue;
      const cells = values.subarray(row * width, (row + 1) * width);
      if (!cells.some(Number.isNaN)) sample.push(...cells);
    }
  }
  if (sample.length < 2 * width * width) return true;
  const state = fitScorer(sample, { features, kind: 'gaussian' });
  if (state.kind !== 'gaussian') return true;
  const squares = state.correlation.reduce((sum, value) => sum + value ** 2, 0) - width;
  return Math.sqrt(squares / (width * (width - 1))) > limit;
}

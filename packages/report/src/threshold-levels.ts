import type { SeriesView } from './series-view.ts';

/** Returns the levels of a threshold: none, one if it is the same for all rows, or `[rows]`. */
export function thresholdLevels(threshold: SeriesView['threshold']): ArrayLike<number> {
  if (threshold === undefined) return [];
  if (typeof threshold === 'number') return [threshold];
  return threshold.every((level) => level === threshold[0]) ? threshold.subarray(0, 1) : threshold;
}

import { extent, linearAxis, logAxis, type ValueAxis } from './value-axis.ts';

/**
 * Makes the vertical axis of a score that shows the threshold beside the peak: linear, or logarithmic where the
 * peak is over twenty times the threshold. A logarithmic axis ends at a hundredth of the threshold, and what
 * is lower is drawn at that `floor`.
 *
 * @param count About how many ticks a linear axis has.
 */
export function scoreAxis(
  score: ArrayLike<number>,
  threshold: number | undefined,
  count?: number,
): { axis: ValueAxis; floor: number } {
  const range = extent(score, threshold === undefined ? [] : [threshold]);
  const [lowest = 0, highest = 0] = range ?? [];
  if (threshold === undefined || threshold <= 1e-280 || highest <= 20 * threshold) {
    return { axis: linearAxis(range, count), floor: -Infinity };
  }
  const floor = Math.max(lowest, threshold / 100);
  return { axis: logAxis([floor, highest]), floor };
}

import { extent, linearAxis, logAxis, type ValueAxis } from './value-axis.ts';

/**
 * Makes the vertical axis of a score that shows the threshold beside the peak: linear, or logarithmic where the
 * peak is over twenty times the threshold. A logarithmic axis ends at a hundredth of the threshold, and what
 * is lower is drawn at that `floor`. Of a threshold that moves, the lowest level counts.
 *
 * @param levels Of the threshold; may be empty.
 * @param count About how many ticks a linear axis has.
 */
export function scoreAxis(
  score: ArrayLike<number>,
  levels: ArrayLike<number>,
  count?: number,
): { axis: ValueAxis; floor: number } {
  const range = extent(score, levels);
  const [lowest = 0, highest = 0] = range ?? [];
  const [threshold] = extent(levels) ?? [];
  if (threshold === undefined || threshold <= 1e-280 || highest <= 20 * threshold) {
    return { axis: linearAxis(range, count), floor: -Infinity };
  }
  const floor = Math.max(lowest, threshold / 100);
  return { axis: logAxis([floor, highest]), floor };
}

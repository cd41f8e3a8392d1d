import type { CalibrationTime } from '@retrace/scoring';
import { type Run, runs, type Series } from '@retrace/windowing';

const day = 86_400_000;

/** Tells what rows of series, one after the other, are in time: their runs, and the days from first to last row of each. */
export function calibrationTime(series: readonly Series[], maxGap?: number): Required<CalibrationTime> {
  const all: Run[] = [];
  let days = 0;
  let rows = 0;
  for (const { time } of series) {
    for (const [from, to] of runs({ time }, maxGap)) {
      all.push([rows + from, rows + to]);
      days += (time[to - 1]! - time[from]!) / day;
    }
    rows += time.length;
  }
  return { runs: all, days };
}

import { quantileOf } from '../quantile.ts';
import { labelledEvents } from './labelled-events.ts';
import { checkTimedFlags, type TimedFlags } from './labelled-rows.ts';

/** How long after their start events were found, in the unit of `time`. */
export interface DetectionDelay {
  /** Events with a flagged row. */
  readonly found: number;
  /** Events without one, in neither mean nor median. */
  readonly missed: number;
  /** Null where no event was found. */
  readonly mean: number | null;
  /** Null where no event was found. */
  readonly median: number | null;
}

/**
 * Measures the time from the first row of each event, a longest stretch of rows labelled 1, to its first flagged row;
 * an alarm on from before the event has the delay 0. An event of which no row has a score is in no figure.
 *
 * A detector that finds only what is plain has short delays: read them beside `missed`, and beside the false alarms,
 * since more alarms are earlier ones too.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones, or times not ascending, of one length.
 */
export function detectionDelay(series: readonly TimedFlags[]): DetectionDelay {
  checkTimedFlags(series);
  const delays: number[] = [];
  let missed = 0;
  for (const one of series) {
    for (const [from, to] of labelledEvents(one).events) {
      let row = from;
      while (row < to && one.flags[row] === 0) row++;
      if (row === to) missed++;
      else delays.push(one.time[row]! - one.time[from]!);
    }
  }
  const found = delays.length;
  if (found === 0) return { found, missed, mean: null, median: null };
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / found;
  return { found, missed, mean, median: quantileOf(Float64Array.from(delays).sort(), 0.5) };
}

import { checkKeys, checkNumber } from '@retrace/errors';
import { eventMetrics } from './event-metrics.ts';
import { checkTimedFlags, type TimedFlags } from './labelled-rows.ts';
import { ratio } from './precision-recall.ts';

export interface FalseAlarmsPerDayOptions {
  /** The longest time between two rows, in milliseconds, that still is observed; longer gaps are no time. Default: any. */
  readonly maxGap?: number;
}

/**
 * Divides the false alarms, longest stretches of flagged rows without a labelled one, by the days of normal operation:
 * the time from each scored row labelled 0 to the next row of its series. `time` is in milliseconds.
 *
 * @returns From 0 on, or null where no normal time was observed.
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones, or times not ascending, of one length.
 */
export function falseAlarmsPerDay(
  series: readonly TimedFlags[],
  options: FalseAlarmsPerDayOptions = {},
): number | null {
  checkKeys('options', options, ['maxGap']);
  const { maxGap = Number.MAX_VALUE } = options;
  checkNumber('maxGap', maxGap, { min: 0 });
  checkTimedFlags(series);
  let normal = 0;
  for (const { time, labels, scored } of series) {
    for (let row = 0; row + 1 < labels.length; row++) {
      const interval = time[row + 1]! - time[row]!;
      if (labels[row] === 0 && scored?.[row] !== 0 && interval <= maxGap) normal += interval;
    }
  }
  return ratio(eventMetrics(series).fp, normal / 86_400_000);
}

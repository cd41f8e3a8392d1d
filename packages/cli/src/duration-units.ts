import type { Series } from '@retrace/windowing';
import { commandLineError } from './command-line-error.ts';
import type { Duration } from './duration.ts';
import { hasDates } from './time-text.ts';

/** Durations by the options that they are of. */
type Durations = Readonly<Record<string, Duration | undefined>>;

/** Throws `RETRACE_COMMAND_LINE` for a duration with a unit where no column has times. */
export function checkUnits(durations: Durations, time: string | undefined): void {
  for (const [name, duration] of Object.entries(durations)) {
    if (duration?.hasUnit && time === undefined)
      throw commandLineError(`\`${name}\` with a unit needs \`time\`: without it rows are counted.`);
  }
}

/** Warns of a duration with a unit where the times are a counter. */
export function warnOfUnits(
  durations: Durations,
  series: readonly Pick<Series, 'time'>[],
  warn: (message: string) => void,
): void {
  if (hasDates(series)) return;
  for (const [name, duration] of Object.entries(durations)) {
    if (duration?.hasUnit)
      warn(`The times are a counter, not dates, yet \`${name}\` has a unit: it was taken as milliseconds.`);
  }
}

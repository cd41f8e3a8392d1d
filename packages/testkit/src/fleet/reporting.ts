import type { Random } from '@retrace/random';
import { atSeverity, faultEffects, MOST_MISSED, type PlannedFault } from './fault.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const REPORT_INTERVAL: number = MINUTE;
/** Standard deviation of a report's delay, before its absolute value is taken. */
const JITTER = 2 * SECOND;
/** Share of reports that come late, and by how much at most. */
const LATE = 0.02;
const LATEST = 40 * SECOND;
/** Share of reports lost one by one. */
const LOST = 0.01;
/** Outages: mean time from the end of one to the next; their duration is log-uniform in this range. */
const BETWEEN_OUTAGES = 20 * HOUR;
const OUTAGE = [10 * MINUTE, 120 * MINUTE] as const;

/**
 * Creates the sending of one machine's reports: asked for each stretch of time in turn, it returns the time stamp
 * (ms) of the report that falls before `until` and arrives, or undefined where none is due, or is lost, or falls
 * in an outage.
 */
export function createReporting(
  random: Random,
  start: number,
): (until: number, fault: PlannedFault | undefined) => number | undefined {
  const phase = random.uniform() * REPORT_INTERVAL;
  let count = 0;
  let missed = 0;
  let due = nextDue();
  let outage = nextOutage(start);

  function nextDue(): number {
    const late = random.uniform() < LATE ? random.uniform() * LATEST : 0;
    return start + phase + REPORT_INTERVAL * count++ + Math.abs(JITTER * random.normal()) + late;
  }

  function nextOutage(after: number): { start: number; end: number } {
    const begins = after - BETWEEN_OUTAGES * Math.log(1 - random.uniform());
    return { start: begins, end: begins + OUTAGE[0] * (OUTAGE[1] / OUTAGE[0]) ** random.uniform() };
  }

  return (until, fault) => {
    if (due >= until) return undefined;
    const stamp = Math.floor(due / SECOND) * SECOND;
    due = nextDue();
    if (stamp >= outage.end) outage = nextOutage(outage.end);
    if (stamp >= outage.start && stamp < outage.end) return undefined;
    const thinned = fault?.kind === 'missed-reports';
    const loss = thinned ? atSeverity(faultEffects['missed-reports'].lost, fault.severity) : LOST;
    const lost = random.uniform() < loss && missed < MOST_MISSED;
    missed = lost ? missed + 1 : 0;
    return lost ? undefined : stamp;
  };
}

import { argumentError, checkNumber } from '@retrace/errors';
import type { Run } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import type { CalibrationScores } from './calibration-scores.ts';
import { type ConstantThreshold, thresholdHead } from './threshold-head.ts';

/** The lowest level that raises no more alarms on the calibration rows than is agreed; give one of the two. */
export interface BudgetSpec {
  readonly kind: 'budget';
  /** The share of the rows that may be above the threshold, from 0 to 1. */
  readonly share?: number;
  /** How many stretches of rows above the threshold there may be in a day; takes `days`. */
  readonly alarmsPerDay?: number;
}

export interface BudgetThresholdState extends ConstantThreshold {
  readonly kind: 'budget';
  readonly share?: number;
  readonly alarmsPerDay?: number;
  /** How many days the calibration rows are; with `alarmsPerDay`. */
  readonly days?: number;
}

/** What the calibration rows are in time. */
export interface CalibrationTime {
  /** The runs of rows without a gap, which together cover all rows; no alarm crosses from one to the next. Default one run. */
  readonly runs?: readonly Run[];
  /** How many days the rows were observed for. */
  readonly days?: number;
}

export function fitBudget(
  scores: CalibrationScores,
  { share, alarmsPerDay }: BudgetSpec,
  { runs, days }: CalibrationTime,
  onWarning?: (message: string) => void,
): BudgetThresholdState {
  const { column, sorted } = scores;
  const head = { ...thresholdHead(sorted.length), kind: 'budget' } as const;
  if ((share === undefined) === (alarmsPerDay === undefined)) {
    throw argumentError('options', 'a budget of either `share` or `alarmsPerDay`', { share, alarmsPerDay });
  }
  if (share !== undefined) {
    checkNumber('share', share, { min: 0, max: 1 });
    const allowed = Math.floor(share * sorted.length + 1e-9);
    return { ...head, value: sorted[sorted.length - 1 - allowed] ?? 0, share };
  }
  checkNumber('alarmsPerDay', alarmsPerDay, { min: 0 });
  checkNumber('days', days, { min: 0 });
  const allowed = Math.floor(alarmsPerDay! * days! + 1e-9);
  if (allowed === 0 && alarmsPerDay! > 0) {
    onWarning?.(
      `The calibration rows are ${days!.toPrecision(3)} days, too few for an alarm at ${alarmsPerDay} a day: the ` +
        'threshold is their highest score. Calibrate on more rows.',
    );
  }
  const value = levelOfAlarms(column, checkRuns(runs, column.length), allowed);
  return { ...head, value, alarmsPerDay: alarmsPerDay!, days: days! };
}

export function checkBudget(
  fields: Record<string, unknown>,
): Pick<BudgetThresholdState, 'share' | 'alarmsPerDay' | 'days'> {
  if (fields.share !== undefined) {
    return { share: checkNumber('threshold.share', fields.share, { min: 0, max: 1 }) };
  }
  return {
    alarmsPerDay: checkNumber('threshold.alarmsPerDay', fields.alarmsPerDay, { min: 0 }),
    days: checkNumber('threshold.days', fields.days, { min: 0 }),
  };
}

/**
 * The lowest score such that it, and every level above it, has at most `allowed` stretches of higher scores. Lower
 * levels may have fewer again, where stretches run into one.
 */
function levelOfAlarms(column: ArrayLike<number>, runs: readonly Run[], allowed: number): number {
  const descending = Array.from({ length: column.length }, (_, row) => row)
    .filter((row) => !Number.isNaN(column[row]))
    .sort((a, b) => column[b]! - column[a]!);
  const startsRun = new Set(runs.map(([from]) => from));
  const above = new Uint8Array(column.length + 1);
  let stretches = 0;
  for (let next = 0; next < descending.length; ) {
    const level = column[descending[next]!]!;
    for (; next < descending.length && column[descending[next]!] === level; next++) {
      const row = descending[next]!;
      above[row] = 1;
      const joinsLeft = row > 0 && !startsRun.has(row) && above[row - 1] === 1;
      const joinsRight = !startsRun.has(row + 1) && above[row + 1] === 1;
      stretches += 1 - Number(joinsLeft) - Number(joinsRight);
    }
    if (stretches > allowed) return level;
  }
  return 0;
}

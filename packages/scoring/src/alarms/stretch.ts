import {
  argumentError,
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkRecord,
} from '@retrace/errors';
import type { Anomaly } from './anomaly.ts';
import type { JudgedRow } from './judged-row.ts';

/** Rows under alarm that belong together, and what they sum to: plain JSON. */
export interface Stretch {
  /** The first row that `tolerance` reaches, and its time. */
  firstRow: number;
  start: number;
  /** The last row that `tolerance` reaches so far, and its time. */
  lastRow: number;
  end: number;
  /** The last row under alarm, and its time. */
  member: number;
  memberTime: number;
  /** Rows under alarm. */
  rows: number;
  peak: number;
  severity: number;
  /** `[features]`, the sums of the contributions of the rows under alarm. */
  readonly sums: number[];
}

/** Starts a stretch at a row before, or with, the first one under alarm. */
export function startStretch(firstRow: number, start: number, features: number): Stretch {
  const at = { firstRow, start, lastRow: firstRow, end: start, member: firstRow, memberTime: start };
  return { ...at, rows: 0, peak: 0, severity: 0, sums: new Array<number>(features).fill(0) };
}

/** Adds a row under alarm. */
export function addToStretch(
  stretch: Stretch,
  row: number,
  { time, score, threshold, contributions }: JudgedRow,
): void {
  stretch.lastRow = stretch.member = row;
  stretch.end = stretch.memberTime = time;
  stretch.rows++;
  stretch.peak = Math.max(stretch.peak, score);
  stretch.severity = Math.min(Math.max(stretch.severity, score / threshold), Number.MAX_VALUE);
  for (let k = 0; k < stretch.sums.length; k++) stretch.sums[k]! += contributions[k]!;
}

/** Describes a stretch that has ended. */
export function stretchAnomaly(
  { start, end, firstRow, lastRow, peak, severity, sums }: Stretch,
  id: string,
  features: readonly string[],
): Anomaly {
  const total = sums.reduce((sum, value) => sum + value, 0);
  if (!(total > 0))
    throw argumentError('contributions', 'numbers of at least 0 that sum to the scores', total);
  const blame = features
    .map((feature, index) => ({ feature, share: sums[index]! / total }))
    .sort((a, b) => b.share - a.share);
  return { id, start, end, firstRow, lastRow, peak, severity, blame };
}

/** Returns a copy of `value` if it is a stretch among the first `rows` rows of a series. */
export function checkStretch(value: unknown, rows: number, features: number): Stretch {
  const argument = (field: string) => `state.stretch.${field}`;
  const fields = checkRecord('state.stretch', value);
  checkKeys('state.stretch', fields, stretchKeys);
  const integer = (field: keyof Stretch, min: number, max: number) =>
    checkInteger(argument(field), fields[field], { min, max });
  const number = (field: keyof Stretch, min?: number) =>
    checkNumber(argument(field), fields[field], min === undefined ? {} : { min });
  const firstRow = integer('firstRow', 0, rows - 1);
  const member = integer('member', firstRow, rows - 1);
  const start = number('start');
  const memberTime = number('memberTime', start);
  return {
    firstRow,
    start,
    lastRow: integer('lastRow', member, rows - 1),
    end: number('end', memberTime),
    member,
    memberTime,
    rows: integer('rows', 1, member - firstRow + 1),
    peak: number('peak', 0),
    severity: number('severity', 0),
    sums: checkNumbers(argument('sums'), fields.sums, features, { min: 0 }),
  };
}

const stretchKeys: readonly (keyof Stretch)[] = [
  'firstRow',
  'start',
  'lastRow',
  'end',
  'member',
  'memberTime',
  'rows',
  'peak',
  'severity',
  'sums',
];

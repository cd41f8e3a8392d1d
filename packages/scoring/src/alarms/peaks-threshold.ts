import { argumentError, checkInteger, checkNumber, checkRecord, RetraceError } from '@retrace/errors';
import { quantileOf } from '../quantile.ts';
import type { CalibrationScores } from './calibration-scores.ts';
import { checkList } from './check-list.ts';
import { largestScore } from './largest-score.ts';
import { excessAt, fitParetoTail, type ParetoTail } from './pareto-tail.ts';
import { type ConstantThreshold, type ThresholdHead, thresholdHead } from './threshold-head.ts';

/**
 * Peaks over threshold: the score that a row exceeds with probability `risk`, told from a generalised Pareto
 * distribution of what exceeds a high quantile (Siffer et al. 2017, "Anomaly detection in streams with extreme value
 * theory").
 *
 * `'pot'` is fitted once. `'spot'` goes on learning from the rows that are no alarm. `'dspot'` does so with scores less
 * the mean of the last `depth` rows that were no alarm, and so follows a drift.
 */
export interface PeaksSpec {
  readonly kind: 'pot' | 'spot' | 'dspot';
  /** Above 0, below 1 − `level`. Default 1e-4. */
  readonly risk?: number;
  /** The quantile beyond which scores are peaks, from 0 to below 1. Default 0.98. */
  readonly level?: number;
  /** How many rows tell the drift, of `'dspot'` alone. Default 200. */
  readonly depth?: number;
}

export interface PotThresholdState extends ConstantThreshold {
  readonly kind: 'pot';
  readonly risk: number;
  readonly level: number;
  /** The score at `level`. */
  readonly base: number;
  /** How many calibration scores exceed `base`. */
  readonly peaks: number;
  readonly tail: ParetoTail;
}

/** A threshold that learns: where it stands after the rows it has seen. */
export interface SpotThresholdState extends ThresholdHead {
  readonly kind: 'spot' | 'dspot';
  readonly risk: number;
  readonly level: number;
  /** The score at `level`, less the drift; fixed. */
  readonly base: number;
  /** The threshold, less the drift. */
  readonly value: number;
  /** By how much the latest peaks, at most {@link mostPeaks}, exceed `base`. */
  readonly excesses: readonly number[];
  /** How many rows that are no alarm were peaks, and how many there were. */
  readonly peaks: number;
  readonly seen: number;
  /** The latest rows that are no alarm, whose mean is the drift; empty for `'spot'`. */
  readonly recent: readonly number[];
}

/** The peaks that a fit remembers: what bounds the state, and the time a fit takes. */
export const mostPeaks = 1000;

/** @throws `RETRACE_TOO_FEW_ROWS` where no score exceeds the quantile. */
export function fitPeaks(
  { present }: CalibrationScores,
  { kind, risk = 1e-4, level = 0.98, depth }: PeaksSpec,
  onWarning?: (message: string) => void,
): PotThresholdState | SpotThresholdState {
  checkNumber('level', level, { min: 0, max: 1 - Number.EPSILON });
  checkNumber('risk', risk, { min: Number.MIN_VALUE, max: 1 });
  if (risk + level >= 1) throw argumentError('risk', `below 1 − \`level\`, ${1 - level}`, risk);
  const rows = kind === 'dspot' ? checkInteger('depth', depth ?? 200, { min: 1, max: 1e6 }) : 0;
  const scores = kind === 'dspot' ? lessDrift(present, rows) : present;
  const base = scores.length > 0 ? quantileOf(scores.toSorted(), level) : 0;
  const excesses = scores.filter((score) => score > base).map((score) => score - base);
  if (excesses.length === 0) throw noPeaks(present.length, level, rows);
  if (excesses.length < 10) {
    onWarning?.(
      `Only ${excesses.length} calibration scores exceed their quantile ${level}: too few to tell the tail by. ` +
        'Calibrate on more rows, or lower `level`.',
    );
  }
  const head = { ...thresholdHead(present.length), risk, level, base, peaks: excesses.length };
  const seen = scores.length;
  if (kind === 'pot') {
    const tail = fitParetoTail(excesses);
    return { ...head, kind, value: base + excessAt(tail, tailOdds({ ...head, seen })), tail };
  }
  const latest = Array.from(excesses.subarray(-mostPeaks));
  const recent = rows > 0 ? Array.from(present.subarray(-rows)) : [];
  return {
    ...head,
    kind,
    value: peaksLevel({ ...head, seen, excesses: latest }),
    excesses: latest,
    seen,
    recent,
  };
}

/** The level, less the drift, that a fit to the latest peaks gives. */
export function peaksLevel(
  state: Pick<SpotThresholdState, 'base' | 'risk' | 'seen' | 'peaks' | 'excesses'>,
): number {
  return state.base + excessAt(fitParetoTail(state.excesses), tailOdds(state));
}

/** The probability to exceed the threshold, of a row that is a peak. */
function tailOdds({ risk, seen, peaks }: Pick<SpotThresholdState, 'risk' | 'seen' | 'peaks'>): number {
  return Math.min(1, (risk * seen) / peaks);
}

/** Subtracts from each score, after the first `depth`, the mean of the `depth` before it. */
function lessDrift(scores: Float64Array, depth: number): Float64Array {
  return scores.subarray(depth).map((score, row) => score - driftOf(scores.subarray(row, row + depth)));
}

/** The mean of the latest rows that are no alarm; 0 of none. */
export function driftOf(recent: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < recent.length; row++) sum += recent[row]!;
  return recent.length > 0 ? sum / recent.length : 0;
}

function noPeaks(rows: number, level: number, depth: number): RetraceError {
  const after = depth > 0 ? ` after the first ${depth}` : '';
  return new RetraceError(
    'RETRACE_TOO_FEW_ROWS',
    `None of the ${rows} calibration scores${after} exceeds their quantile ${level}. Calibrate on more rows, or lower ` +
      '`level` or `depth`.',
    { rows, needed: depth + 2 },
  );
}

export function checkPot(
  fields: Record<string, unknown>,
): Pick<PotThresholdState, 'risk' | 'level' | 'base' | 'peaks' | 'tail'> {
  const tail = checkRecord('threshold.tail', fields.tail);
  return {
    ...checkPeaks(fields),
    tail: {
      shape: checkNumber('threshold.tail.shape', tail.shape),
      scale: checkNumber('threshold.tail.scale', tail.scale, { min: Number.MIN_VALUE }),
    },
  };
}

export function checkSpot(
  kind: 'spot' | 'dspot',
  fields: Record<string, unknown>,
): Omit<SpotThresholdState, keyof ThresholdHead | 'kind'> {
  const peaks = checkPeaks(fields);
  const scores = { min: -largestScore, max: largestScore };
  const depths = kind === 'dspot' ? { least: 1, most: 1e6, ...scores } : { most: 0 };
  const positive = { least: 1, most: mostPeaks, min: Number.MIN_VALUE, max: 2 * largestScore };
  return {
    value: checkNumber('threshold.value', fields.value),
    ...peaks,
    excesses: checkList('threshold.excesses', fields.excesses, positive),
    seen: checkInteger('threshold.seen', fields.seen, { min: peaks.peaks }),
    recent: checkList('threshold.recent', fields.recent, depths),
  };
}

function checkPeaks(
  fields: Record<string, unknown>,
): Pick<SpotThresholdState, 'risk' | 'level' | 'base' | 'peaks'> {
  return {
    risk: checkNumber('threshold.risk', fields.risk, { min: Number.MIN_VALUE, max: 1 }),
    level: checkNumber('threshold.level', fields.level, { min: 0, max: 1 }),
    base: checkNumber('threshold.base', fields.base),
    peaks: checkInteger('threshold.peaks', fields.peaks, { min: 1 }),
  };
}

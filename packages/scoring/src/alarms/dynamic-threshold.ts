import { checkInteger, checkNumber } from '@retrace/errors';
import type { CalibrationScores } from './calibration-scores.ts';
import { checkList } from './check-list.ts';
import { largestScore } from './largest-score.ts';
import { type ThresholdHead, thresholdHead } from './threshold-head.ts';

/**
 * The nonparametric dynamic threshold with pruning of Hundman et al. 2018: a level found anew at each row, in the
 * window of scores that ends there. The first windows are filled up with the last calibration scores, those of the last
 * series of several.
 *
 * The paper smooths the scores first: `smoothing` of the scorer.
 */
export interface DynamicSpec {
  readonly kind: 'dynamic';
  /** How many scored rows a window has, 2 to 100,000. Default 2100, the paper's. */
  readonly window?: number;
  /** How many rows around one above the level belong to its sequence, at least 1. Default 100, telemanom's. */
  readonly buffer?: number;
  /** By how much of itself a sequence's highest score must exceed the next, from 0 to 1. Default 0.13, the paper's p. */
  readonly prune?: number;
}

/** A threshold that moves: where it stands after the rows it has seen. */
export interface DynamicThresholdState extends ThresholdHead {
  readonly kind: 'dynamic';
  readonly window: number;
  readonly buffer: number;
  readonly prune: number;
  /** The latest scores, at most `window`. */
  readonly recent: readonly number[];
}

const windows = { min: 2, max: 100_000 };
const buffers = { min: 1, max: 100_000 };
const shares = { min: 0, max: 1 };
const scores = { min: -largestScore, max: largestScore };

export function fitDynamic({ present }: CalibrationScores, spec: DynamicSpec): DynamicThresholdState {
  const { window = 2100, buffer = 100, prune = 0.13 } = spec;
  checkInteger('window', window, windows);
  checkInteger('buffer', buffer, buffers);
  checkNumber('prune', prune, shares);
  const recent = Array.from(present.subarray(-window));
  return { ...thresholdHead(present.length), kind: 'dynamic', window, buffer, prune, recent };
}

export function checkDynamic(
  fields: Record<string, unknown>,
): Omit<DynamicThresholdState, keyof ThresholdHead | 'kind'> {
  const window = checkInteger('threshold.window', fields.window, windows);
  return {
    window,
    buffer: checkInteger('threshold.buffer', fields.buffer, buffers),
    prune: checkNumber('threshold.prune', fields.prune, shares),
    recent: checkList('threshold.recent', fields.recent, { least: 1, most: window, ...scores }),
  };
}

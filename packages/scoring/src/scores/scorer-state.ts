import {
  argumentError,
  checkFormat,
  checkKeys,
  checkNames,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkState,
} from '@retrace/errors';
import { largestResidual } from './residuals.ts';
import { checkSmoothing, type Smoothing } from './smooth-rows.ts';

interface ScorerHead {
  readonly format: 'retrace-scorer';
  readonly version: 1;
  readonly features: readonly string[];
  readonly smoothing?: Smoothing;
}

/** A score of the residuals as they are: their mean magnitude or mean square. */
export interface PlainScorerState extends ScorerHead {
  readonly kind: 'mae' | 'mse';
}

/** A score of residuals measured by each feature's calibration residuals. */
export interface StandardisedScorerState extends ScorerHead {
  readonly kind: 'standardised';
  /** `[features]`, subtracted from the residuals. */
  readonly center: readonly number[];
  /** `[features]`, above 0, divides the centred residuals. */
  readonly spread: readonly number[];
  /** The most spreads that one residual counts as. Absent: no limit. */
  readonly clip?: number;
}

/** A score that also knows how the calibration residuals of the features go together. */
export interface GaussianScorerState extends ScorerHead {
  readonly kind: 'gaussian';
  /** `[features]`, subtracted from the residuals. */
  readonly center: readonly number[];
  /** `[features]`, above 0, divides the centred residuals. */
  readonly spread: readonly number[];
  /** `[features, features]`, row-major, shrunk towards the identity. */
  readonly correlation: readonly number[];
  /** The share of the identity in `correlation`, from 0 to 1. */
  readonly shrinkage: number;
}

/** A fitted scorer: plain JSON. */
export type ScorerState = PlainScorerState | StandardisedScorerState | GaussianScorerState;

/** The least spread: a residual of the largest magnitude divided by it still has a finite square. */
export const leastSpread = 1e-12;

export const scorerKinds = ['mae', 'mse', 'standardised', 'gaussian'] as const;

const headKeys = ['format', 'version', 'kind', 'features', 'smoothing'];
const ownKeys = {
  mae: [],
  mse: [],
  standardised: ['center', 'spread', 'clip'],
  gaussian: ['center', 'spread', 'correlation', 'shrinkage'],
} as const;

/**
 * Returns `value` if it is a scorer state, such as one read from a file.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` if a later release wrote it, `RETRACE_SCORER_STATE` naming the first field
 * that is not what it must be.
 */
export function checkScorerState(value: unknown): ScorerState {
  return checkState('RETRACE_SCORER_STATE', () => checkFields(value));
}

function checkFields(value: unknown): ScorerState {
  const fields = checkRecord('scorer', value);
  checkFormat('scorer', fields, 'retrace-scorer');
  const kind = checkOneOf('scorer.kind', fields.kind, scorerKinds);
  checkKeys('scorer', fields, [...headKeys, ...ownKeys[kind]]);
  const features = checkNames('scorer.features', fields.features);
  const head = {
    format: 'retrace-scorer',
    version: 1,
    features,
    ...(fields.smoothing !== undefined && {
      smoothing: checkSmoothing('scorer.smoothing', fields.smoothing),
    }),
  } as const;
  if (kind === 'mae' || kind === 'mse') return { ...head, kind };
  const centers = { min: -largestResidual, max: largestResidual };
  const center = checkNumbers('scorer.center', fields.center, features.length, centers);
  const spread = checkNumbers('scorer.spread', fields.spread, features.length, { min: leastSpread });
  if (kind === 'standardised') {
    const clip =
      fields.clip === undefined ? undefined : checkNumber('scorer.clip', fields.clip, { min: leastSpread });
    return { ...head, kind, center, spread, ...(clip !== undefined && { clip }) };
  }
  const correlation = checkCorrelation('scorer.correlation', fields.correlation, features.length);
  const shrinkage = checkNumber('scorer.shrinkage', fields.shrinkage, { min: 0, max: 1 });
  return { ...head, kind, center, spread, correlation, shrinkage };
}

function checkCorrelation(argument: string, value: unknown, features: number): number[] {
  const matrix = checkNumbers(argument, value, features * features, { min: -1, max: 1 });
  for (let i = 0; i < features; i++) {
    for (let j = 0; j <= i; j++) {
      const expected = i === j ? 1 : matrix[j * features + i];
      if (matrix[i * features + j] === expected) continue;
      throw argumentError(
        `${argument}[${i * features + j}]`,
        `${expected}, as of a symmetric matrix with a diagonal of 1`,
        matrix[i * features + j],
      );
    }
  }
  return matrix;
}

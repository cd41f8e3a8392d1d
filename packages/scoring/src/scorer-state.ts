import { argumentError, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { checkSmoothing, type Smoothing } from './smooth-rows.ts';
import { checkFeatures, checkFormat, record } from './state-checks.ts';

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
  standardised: ['center', 'spread'],
  gaussian: ['center', 'spread', 'correlation', 'shrinkage'],
} as const;

/**
 * Returns `value` if it is a scorer state, such as one read from a file.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` if a later release wrote it, `RETRACE_INVALID_ARGUMENT` naming the first
 * field that is not what it must be.
 */
export function checkScorerState(value: unknown): ScorerState {
  const state = record('scorer', value);
  checkFormat('scorer', state, 'retrace-scorer');
  const kind = checkOneOf('scorer.kind', state.kind, scorerKinds);
  checkKeys('scorer', state, [...headKeys, ...ownKeys[kind]]);
  const features = checkFeatures('scorer.features', state.features);
  if (state.smoothing !== undefined) checkSmoothing('scorer.smoothing', state.smoothing);
  if (kind === 'standardised' || kind === 'gaussian') {
    checkNumbers('scorer.center', state.center, features.length);
    checkNumbers('scorer.spread', state.spread, features.length, { min: leastSpread });
  }
  if (kind === 'gaussian') {
    checkCorrelation('scorer.correlation', state.correlation, features.length);
    checkNumber('scorer.shrinkage', state.shrinkage, { min: 0, max: 1 });
  }
  return state as unknown as ScorerState;
}

function checkNumbers(
  argument: string,
  value: unknown,
  length: number,
  range?: { min: number; max?: number },
): readonly number[] {
  if (!Array.isArray(value) || value.length !== length) {
    throw argumentError(argument, `an array of ${length} numbers`, value);
  }
  return value.map((item, index) => checkNumber(`${argument}[${index}]`, item, range));
}

function checkCorrelation(argument: string, value: unknown, features: number): void {
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
}

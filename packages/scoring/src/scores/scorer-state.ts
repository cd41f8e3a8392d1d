import type { Smoothing } from './smoothing.ts';
import type { SpreadPrior } from './spread-prior.ts';

interface ScorerHead {
  readonly format: 'retrace-scorer';
  readonly version: 1;
  /** The names of the columns of the residuals. */
  readonly features: readonly string[];
  readonly smoothing?: Smoothing;
}

/** What is fitted to all rows, and of an entity with rows enough to its own: its rows are scored by that instead. */
interface Calibrated<Fit> {
  readonly entities?: readonly (Fit & { readonly id: string })[];
}

/** A score of the residuals as they are: their mean magnitude or mean square. */
export interface PlainScorerState extends ScorerHead {
  readonly kind: 'mae' | 'mse';
}

/** Where the residuals of each feature lie and how far they spread. */
export interface SpreadFit {
  /** `[features]`, subtracted from the residuals. */
  readonly center: readonly number[];
  /** `[features]`, above 0, divides the centred residuals. */
  readonly spread: readonly number[];
}

/** How spreads were measured, kept to tell; a score depends on what came of it. */
export interface SpreadOrigin {
  /** Absent: true. */
  readonly centered?: false;
  readonly prior?: SpreadPrior;
}

/** A score of residuals measured by each feature's calibration residuals. */
export interface StandardisedScorerState extends ScorerHead, SpreadFit, SpreadOrigin, Calibrated<SpreadFit> {
  readonly kind: 'standardised';
  /** The most spreads that one residual counts as. Absent: no limit. */
  readonly clip?: number;
}

/** How the residuals of the features go together. */
export interface GaussianFit extends SpreadFit {
  /** `[features, features]`, row-major, shrunk towards the identity. */
  readonly correlation: readonly number[];
  /** The share of the identity in `correlation`, from 0 to 1. */
  readonly shrinkage: number;
}

/** A score that also knows how the calibration residuals of the features go together. */
export interface GaussianScorerState extends ScorerHead, GaussianFit, SpreadOrigin, Calibrated<GaussianFit> {
  readonly kind: 'gaussian';
  /** Whether it is of the residuals' magnitudes. Absent: no. */
  readonly magnitudes?: true;
}

/** How far from their median the residuals of each feature lie. */
export interface QuantileFit {
  /** `[features]`, subtracted from the residuals. */
  readonly center: readonly number[];
  /** `[features, 101]`, the quantiles 0, 0.01, …, 1 of the distances, ascending; the last of each feature is above 0. */
  readonly knots: readonly number[];
}

/** A score of where a residual ranks among the calibration residuals. */
export interface QuantileScorerState extends ScorerHead, QuantileFit, Calibrated<QuantileFit> {
  readonly kind: 'quantile';
}

/** The least negative log-likelihoods. */
export interface LikelihoodFit {
  /** `[features]`, subtracted from the negative log-likelihoods. */
  readonly floor: readonly number[];
}

/** A score of negative log-likelihoods, above the least of the calibration rows. */
export interface LikelihoodScorerState extends ScorerHead, LikelihoodFit, Calibrated<LikelihoodFit> {
  readonly kind: 'likelihood';
}

/** A fitted scorer: plain JSON. */
export type ScorerState =
  | PlainScorerState
  | StandardisedScorerState
  | GaussianScorerState
  | QuantileScorerState
  | LikelihoodScorerState;

export const scorerKinds = ['mae', 'mse', 'standardised', 'gaussian', 'quantile', 'likelihood'] as const;

/** The state that the rows of an entity are scored by: its own where it has one. */
export function stateOf<S extends ScorerState>(state: S, entity: string | undefined): S {
  if (!('entities' in state)) return state;
  const own = state.entities?.find(({ id }) => id === entity);
  return own ? { ...state, ...own } : state;
}

import type { EpochLog } from '../epoch-log.ts';
import type { LearningRateState } from '../optimizer/learning-rate.ts';
import type { OptimizerSnapshot } from '../optimizer/optimizer-state.ts';
import type { TermMean } from '../term-mean.ts';
import type { WeightSnapshot } from '../weight-snapshot.ts';

/** How far an epoch has come, always between two updates of the weights. */
export interface EpochProgress {
  /** The batches that have counted. */
  readonly batches: number;
  readonly means: readonly TermMean[];
  /** The sum of the gradients' norms over the steps. */
  readonly norms: number;
  /** The windows that hold a row labelled anomalous. */
  readonly labelled: number;
}

/** An epoch that has not begun. */
export const noProgress: EpochProgress = { batches: 0, means: [], norms: 0, labelled: 0 };

/** What early stopping knows: the best epoch so far, 0 and null before the first. */
export interface BestState {
  readonly epoch: number;
  readonly loss: number | null;
}

/** All that a fit goes on from: between two steps nothing else is known to it. */
export interface TrainingState {
  /** The epoch that goes on, from 1. */
  readonly epoch: number;
  readonly progress: EpochProgress;
  readonly history: readonly EpochLog[];
  /** The time that training has taken. */
  readonly seconds: number;
  readonly best: BestState;
  readonly learningRate: LearningRateState;
  /** The spread of a model's own target before training, where it is watched. */
  readonly spread: number | null;
  readonly weights: WeightSnapshot;
  /** The weights of the best epoch, where they are to be restored. */
  readonly bestWeights?: WeightSnapshot;
  readonly slots: OptimizerSnapshot;
}

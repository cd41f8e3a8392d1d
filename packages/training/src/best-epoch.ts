/** The epoch with the best watched loss so far. */
export interface BestEpoch {
  readonly epoch: number;
  readonly loss: number;
}

/**
 * Returns `candidate` if its loss is lower than the best by more than `minDelta`, else the best so far: the
 * comparison of Keras's `EarlyStopping`.
 */
export function betterEpoch(best: BestEpoch | undefined, candidate: BestEpoch, minDelta = 0): BestEpoch {
  return best === undefined || candidate.loss + minDelta < best.loss ? candidate : best;
}

/** What one training step did. */
export interface StepLog {
  /** From 1. */
  readonly epoch: number;
  /** The epochs of the whole fit, as asked for. */
  readonly epochs: number;
  /** From 1, within the epoch. */
  readonly step: number;
  /** The steps of an epoch. */
  readonly steps: number;
  /** The mean loss over the elements of the batch, before the step's update. */
  readonly loss: number;
  /** The global L2 norm of the gradients, before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** The time since the fit began. */
  readonly seconds: number;
  /** The time to the end of the last epoch at the pace so far. */
  readonly secondsLeft: number;
}

/** What one epoch did. Plain JSON. */
export interface EpochLog {
  /** From 1. */
  readonly epoch: number;
  /** The mean loss over the elements of all batches, each at the weights of its own step. */
  readonly loss: number;
  /** The same of each term of the loss by its name, a head's or an added loss's, before its weight in the sum. */
  readonly losses: Readonly<Record<string, number>>;
  /** The mean loss over the elements of the validation windows after the epoch, without dropout. */
  readonly validationLoss?: number;
  /** The same of each term by its name. */
  readonly validationLosses?: Readonly<Record<string, number>>;
  /** The mean over the steps of the global L2 norm of the gradients, before clipping. */
  readonly gradientNorm: number;
  /** Of the last step. */
  readonly learningRate: number;
  /** The time of the epoch, validation included. */
  readonly seconds: number;
  /** Training windows a second, validation excluded. */
  readonly windowsPerSecond: number;
  /** Whether the watched loss (validation where there is one) is the best so far. */
  readonly best: boolean;
}

/** What a whole fit did. Plain JSON. */
export interface FitResult {
  readonly history: readonly EpochLog[];
  /** Whether all epochs ran, or early stopping ended the fit. */
  readonly stopped: 'epochs' | 'early';
  /** The epochs that ran. */
  readonly epochs: number;
  /** The steps, that is weight updates, of all epochs. */
  readonly steps: number;
  readonly seconds: number;
  /** The epoch, from 1, with the best watched loss. */
  readonly bestEpoch: number;
  /** The watched loss of that epoch. */
  readonly bestLoss: number;
}

import { type TrainedTrial, type TrainOneOptions, trainOne } from './train-one.ts';
import type { TrialConfig } from './trial-config.ts';
import type { TrialData } from './trial-data.ts';

/** A place that trains one after the other. */
export interface Trainer {
  train(config: TrialConfig, data: TrialData, options: TrainOneOptions): Promise<TrainedTrial>;
  /** Frees what it holds. */
  close(): Promise<void>;
}

/** Trains on this thread. */
export const hereTrainer: Trainer = { train: trainOne, close: async () => {} };

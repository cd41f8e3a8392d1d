import type { Series } from '@retrace/windowing';

/** Rows that a detector of its own is fitted on and measured by. No label but those of `test` is ever looked at. */
export interface Task {
  readonly id: string;
  /** Trains the model. */
  readonly train: readonly Series[];
  /** Fits scorer and threshold. */
  readonly calibration: readonly Series[];
  /** Labelled, and measured on. */
  readonly test: readonly Series[];
  /** In the unit of time; no window crosses a longer gap. Default none. */
  readonly maxGap?: number;
}

/** A public data set with a protocol that was fixed before anything was measured on it. */
export interface EvaluationSet {
  readonly name: string;
  readonly title: string;
  /** What the rows are, and which serve for what. */
  readonly protocol: string;
  /** Whether each row has a label, or each series as a whole, whose score is then the mean over its rows. */
  readonly labelled: 'rows' | 'series';
  /** The share of calibration scores below the threshold, where the protocol sets it. */
  readonly quantile?: number;
  /** Reads the rows out of the folder of real data. */
  read(folder: string): Promise<readonly Task[]>;
}

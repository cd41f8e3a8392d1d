import type { ReconstructSpec } from '@retrace/models';
import type { AnomalyOptions, ScorerSpec, ThresholdSpec } from '@retrace/scoring';
import type { WindowSpec } from '@retrace/windowing';

/** How to make a detector: plain JSON but for an infinite `maxGap`. */
export interface Suggestion {
  /** For `fitScaler`. */
  readonly scaler: { readonly kind: 'standard' };
  /** For `createModel`. */
  readonly model: ReconstructSpec;
  readonly training: {
    /** Windows to train on, for `trainingWindows`. */
    readonly windows: WindowSpec;
    /** For `fit` of `@retrace/training`. */
    readonly fit: {
      readonly epochs: number;
      readonly batchSize: number;
      readonly optimizer: { readonly kind: 'adam'; readonly learningRate: number };
      readonly clipNorm: number;
      readonly earlyStopping: { readonly patience: number };
    };
  };
  /** For `fitDetector`. */
  readonly detector: {
    readonly windows: WindowSpec;
    readonly scorer: ScorerSpec;
    readonly threshold: ThresholdSpec;
    readonly anomalies: AnomalyOptions;
  };
}

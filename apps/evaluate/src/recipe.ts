import { reconstruct } from '@retrace/models';
import type { FitOptions } from '@retrace/training';
import type { WindowSpec } from '@retrace/windowing';
import type { EvaluationSet, Task } from './evaluation-set.ts';

/** How a detector is made. */
export interface Recipe {
  readonly windows: WindowSpec;
  readonly trainingStride: number;
  readonly units: readonly number[];
  readonly fit: Omit<FitOptions, 'validation'>;
}

const LOOKBACK = 32;
const TRAINING_WINDOWS = 2000;
/** Of training, about. */
const STEPS = 2000;

/**
 * The one recipe for all sets, which knows the training rows alone: windows of 32 rows, or of a whole series where each
 * is one example; a stride in training that leaves about two thousand of them, and in scoring an eighth of a window.
 */
export function recipeFor({ labelled }: EvaluationSet, { train, maxGap }: Task): Recipe {
  const rows = train.reduce((sum, { time }) => sum + time.length, 0);
  const lookback = labelled === 'series' ? train[0]!.time.length : LOOKBACK;
  const stride = Math.max(1, Math.floor(lookback / 8));
  const windows = labelled === 'series' ? train.length : Math.min(rows, TRAINING_WINDOWS);
  return {
    windows: { lookback, stride, ...(maxGap !== undefined && { maxGap }) },
    trainingStride: labelled === 'series' ? 1 : Math.max(1, Math.floor(rows / TRAINING_WINDOWS)),
    units: [64],
    fit: {
      epochs: Math.min(400, Math.max(30, Math.round(STEPS / (windows / 32)))),
      batchSize: 32,
      optimizer: { kind: 'adam', learningRate: 0.003 },
      clipNorm: 1,
      earlyStopping: { patience: 20 },
    },
  };
}

/** The spec of the recipe's model. */
export function specOf({ windows, units }: Recipe, features: number): ReturnType<typeof reconstruct> {
  return reconstruct({ timesteps: windows.lookback, features, units });
}

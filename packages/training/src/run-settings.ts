import type { FittedLossWeights } from './fit-loss-weights.ts';
import type { FitSettings } from './fit-options.ts';

/** Settings together with what depends on the model and the windows. */
export interface RunSettings extends FitSettings {
  readonly lossWeights: FittedLossWeights;
}

import { plainSequence, stackedCurve, temporalizedWindows } from './curve.ts';
import { digits } from './digits.ts';
import type { Experiment } from './experiment.ts';
import { latentTargetOnFleet, latentTargets } from './latent-target.ts';
import { compositeRamp, predictRamp, reconstructRamp, standaloneEncoder } from './ramp.ts';
import { rareEvents } from './rare-events.ts';
import { seededClassifier } from './seeded-classifier.ts';
import { twoFeatures } from './two-features.ts';

/** All experiments, in the order of the table. */
export const experiments: readonly Experiment[] = [
  reconstructRamp,
  predictRamp,
  compositeRamp,
  standaloneEncoder,
  temporalizedWindows,
  stackedCurve,
  plainSequence,
  twoFeatures,
  latentTargets,
  latentTargetOnFleet,
  rareEvents,
  seededClassifier,
  digits,
];

import { seriesDigest, type ToldProvenance } from '@retrace/detector';
import type { MethodFigures } from './method-figures.ts';
import type { TrainedDetector } from './train-detector.ts';
import type { TrainingParts } from './training-parts.ts';

/** A training of which its detector's file shall tell. */
interface KeptTraining {
  readonly trained: TrainedDetector;
  readonly parts: TrainingParts;
  /** Of the network, first, and the baselines; empty without labels. */
  readonly metrics: readonly MethodFigures[];
  readonly seed: number;
}

/** What is kept in a detector's file of how it came to be; no time, so that the same training gives the same bytes. */
export function trainingProvenance({ trained, parts, metrics, seed }: KeptTraining): ToldProvenance {
  const { epochs, history } = trained.result;
  const { loss, validationLoss } = history.at(-1)!;
  const figures = metrics[0] && figuresOf(metrics[0]);
  return {
    training: { data: seriesDigest(parts.train), seed, epochs, loss, validationLoss },
    ...(figures && { metrics: figures }),
  };
}

/** The figures of an evaluation that are defined. */
function figuresOf({ evaluation }: MethodFigures): Record<string, number> {
  const { rocAuc, averagePrecision, points, events } = evaluation;
  const figures = { rocAuc, averagePrecision, pointF1: points.f1, eventF1: events.f1 };
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null),
  );
}

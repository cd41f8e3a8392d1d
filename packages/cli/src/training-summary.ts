import { countOf } from './count-of.ts';
import type { MethodFigures } from './method-figures.ts';
import { metricsText } from './metrics-text.ts';
import { choiceText, levelText } from './threshold-text.ts';
import type { TrainedDetector } from './train-detector.ts';
import type { TrainingParts } from './training-parts.ts';

/** A training to be told of. */
export interface ToldTraining {
  /** The path of the detector's file. */
  readonly out: string;
  readonly trained: TrainedDetector;
  readonly parts: TrainingParts;
  /** Of the network and the baselines on the test rows; empty without labels. */
  readonly metrics: readonly MethodFigures[];
}

/** Tells of a training as plain JSON. */
export function trainingSummary({ out, trained, parts, metrics }: ToldTraining): Record<string, unknown> {
  const { detector, result } = trained;
  return {
    detector: out,
    features: detector.features,
    parameters: detector.model.parameters,
    windows: { ...detector.state.windows, used: parts.windows.length },
    training: result,
    threshold: detector.state.threshold,
    ...(metrics.length > 0 && { metrics }),
  };
}

/** Tells of a training in a few lines, with the metrics as a table. */
export function trainingSummaryText({ out, trained, parts, metrics }: ToldTraining): string {
  const { detector, result } = trained;
  const { threshold } = detector.state;
  const watched = result.history.some(({ validationLoss }) => validationLoss !== undefined)
    ? 'validation loss'
    : 'loss';
  const lines = [
    `${out}: a detector of ${detector.features.join(', ')}`,
    `trained on ${countOf(parts.windows.length, 'window')} of ${countOf(parts.spec.lookback, 'row')} in ` +
      `${countOf(result.epochs, 'epoch')}, ` +
      `lowest ${watched} ${result.bestLoss.toPrecision(4)} in epoch ${result.bestEpoch}`,
    `threshold ${levelText(threshold)}, ${choiceText(threshold)}`,
  ];
  if (metrics.length === 0) return `${lines.join('\n')}\n`;
  return `${lines.join('\n')}\n\n${metricsText(metrics, { title: 'On the test rows', lookback: parts.spec.lookback })}`;
}

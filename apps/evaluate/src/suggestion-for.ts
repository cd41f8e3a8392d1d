import { type Suggestion, suggest } from '@retrace/detector';
import type { Series } from '@retrace/windowing';
import type { EvaluationSet, Task } from './evaluation-set.ts';

/** How the detector of a task is made: as suggested for its training rows, but for a threshold that the protocol sets. */
export function suggestionFor({ labelled, quantile }: EvaluationSet, { train, maxGap }: Task): Suggestion {
  const suggestion = suggest(train.map(unlabelled), {
    ...(maxGap !== undefined && { maxGap }),
    whole: labelled === 'series',
  });
  if (quantile === undefined) return suggestion;
  return {
    ...suggestion,
    detector: { ...suggestion.detector, threshold: { kind: 'quantile', q: quantile } },
  };
}

/** Detectors leave out rows that are labelled anomalous; here nobody is to know. */
export function unlabelled({ labels: _, ...series }: Series): Series {
  return series;
}

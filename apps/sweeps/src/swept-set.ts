import { type Evaluation, evaluateScores } from '@retrace/scoring';
import {
  type FinishedTrial,
  fitEnsemble,
  gridOf,
  type SweepOptions,
  sweep,
  type Trial,
} from '@retrace/sweep';
import type { RealSet } from './real-sets.ts';

/** What a sweep over a real set gave. */
export interface SweptSet {
  readonly trials: readonly Trial[];
  readonly best: FinishedTrial;
  /** The detectors of the best trial's folds together, on the test rows. */
  readonly ensemble: Evaluation;
}

/** Sweeps over a set and joins the detectors of the best trial. Needs a runtime on this thread too. */
export async function sweptSet(
  { base, space, read }: RealSet,
  folder: string,
  options: SweepOptions,
): Promise<SweptSet> {
  const data = await read(folder);
  const { trials, best } = await sweep(gridOf(base, space), data, options);
  if (!best) throw new Error(`every trial failed, the first so: ${trials[0]!.error!.message}`);
  const ensemble = await fitEnsemble(best.files, { calibration: data.calibration });
  const scored = [];
  for (const series of data.test ?? [])
    if (series.labels) scored.push({ scores: (await ensemble.score(series)).scores, labels: series.labels });
  ensemble.dispose();
  return { trials, best, ensemble: evaluateScores(scored, ensemble.threshold) };
}

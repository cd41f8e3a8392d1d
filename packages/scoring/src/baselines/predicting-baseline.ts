import { fitScorer } from '../scores/fit-scorer.ts';
import { residuals } from '../scores/residuals.ts';
import { scoreRows } from '../scores/score-rows.ts';
import { createRowBaseline, type RowBaseline } from './row-baseline.ts';
import type { TrainingRows } from './training-rows.ts';

/**
 * Makes a baseline from what predicts the rows of a run (`[rows, features]`, `NaN` where missing), each from earlier ones:
 * its score is the mean square of the residuals, standardised by those of the training rows.
 */
export function predictingBaseline(
  name: string,
  { features, runs }: Pick<TrainingRows, 'features' | 'runs'>,
  predict: (run: Float64Array) => Float64Array,
): RowBaseline {
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  const all = new Float64Array(length);
  let filled = 0;
  for (const run of runs) {
    all.set(residuals(run, predict(run)), filled);
    filled += run.length;
  }
  const scorer = fitScorer(all, { features, kind: 'standardised' });
  return createRowBaseline(
    name,
    features,
    (run) => scoreRows(residuals(run, predict(run)), scorer).contributions,
  );
}

import { fitBaselines, fitDetector, type RowScorer } from '@retrace/detector';
import { createModel } from '@retrace/models';
import { fitThreshold, flagRows } from '@retrace/scoring';
import { fit } from '@retrace/training';
import { fitScaler, type Series, slidingWindows } from '@retrace/windowing';
import type { EvaluationSet, Task } from './evaluation-set.ts';
import type { MeasuredSeries } from './measured-series.ts';
import { recipeFor, specOf } from './recipe.ts';

/** What methods made of the test rows of a task, by their names. */
export type TaskScores = ReadonlyMap<string, readonly MeasuredSeries[]>;

/** How residuals become scores; each makes a method of its own. */
const scorers = ['standardised', 'gaussian'] as const;
/** The baselines that retrace windows, whose residuals are scored as a network's are. Others score by themselves. */
const retracing = ['last value', 'mean distance', 'PCA'];

/** Trains an autoencoder by a seed, and scores the test rows with it. */
export async function scoreByNetwork(set: EvaluationSet, task: Task, seed: number): Promise<TaskScores> {
  const recipe = recipeFor(set, task);
  const { windows, validation, options } = prepare(set, task);
  const model = createModel(specOf(recipe, task.train[0]!.features.length), { seed });
  const scored = new Map<string, readonly MeasuredSeries[]>();
  try {
    await fit(model, windows, { ...recipe.fit, validation, seed });
    for (const kind of scorers) {
      const detector = await fitDetector(model, { ...options, scorer: { kind } });
      scored.set(`autoencoder, ${kind}`, await measure(detector, set, task));
    }
    return scored;
  } finally {
    model.dispose();
  }
}

/** Fits the baselines, and scores the test rows with each. */
export async function scoreByBaselines(set: EvaluationSet, task: Task): Promise<TaskScores> {
  const { windows, options } = prepare(set, task);
  const scored = new Map<string, readonly MeasuredSeries[]>();
  for (const kind of scorers) {
    for (const [name, scorer] of await fitBaselines(windows, { ...options, scorer: { kind } })) {
      const retraces = retracing.includes(name);
      if (!retraces && scored.has(name)) continue;
      scored.set(retraces ? `${name}, ${kind}` : name, await measure(scorer, set, task));
    }
  }
  return scored;
}

function prepare(set: EvaluationSet, task: Task) {
  const recipe = recipeFor(set, task);
  const [train, calibration] = [task.train.map(unlabelled), task.calibration.map(unlabelled)];
  const scaler = fitScaler(train, { kind: 'standard' });
  const spec = { ...recipe.windows, stride: recipe.trainingStride };
  const all = slidingWindows(train, spec, { scaler });
  // Of many short series, a few are held out whole: windows of one share rows.
  const kept = Math.ceil(0.9 * train.length);
  const whole = train.length >= 10;
  const windows = whole ? slidingWindows(train.slice(0, kept), spec, { scaler }) : all;
  const validation = whole ? slidingWindows(train.slice(kept), spec, { scaler }) : 0.1;
  const threshold = { kind: 'quantile', q: set.quantile } as const;
  return { windows, validation, options: { calibration, windows: recipe.windows, scaler, threshold } };
}

/** Detectors leave out rows that are labelled anomalous; here nobody is to know. */
function unlabelled({ labels: _, ...series }: Series): Series {
  return series;
}

type Scorer = Pick<RowScorer, 'score' | 'state'>;

async function measure(scorer: Scorer, set: EvaluationSet, task: Task): Promise<readonly MeasuredSeries[]> {
  if (set.labelled === 'series') return measureWhole(scorer, set, task);
  const measured: MeasuredSeries[] = [];
  for (const series of task.test) {
    const { scores } = await scorer.score(series);
    measured.push({ scores, labels: series.labels!, ...flagRows(scores, scorer.state.threshold) });
  }
  return measured;
}

/** Gives each series one score and one label, as if it were a row. */
async function measureWhole(
  scorer: Scorer,
  { quantile: q }: EvaluationSet,
  task: Task,
): Promise<readonly MeasuredSeries[]> {
  const scoresOf = async (series: readonly Series[]) => {
    const scores = new Float64Array(series.length);
    for (const [k, each] of series.entries()) {
      const rows = (await scorer.score(each)).scores;
      scores[k] = rows.reduce((sum, score) => sum + score, 0) / rows.length;
    }
    return scores;
  };
  const threshold = fitThreshold(await scoresOf(task.calibration), { kind: 'quantile', q });
  const scores = await scoresOf(task.test);
  const labels = Uint8Array.from(task.test, (series) => series.labels![0]!);
  return [{ scores, labels, ...flagRows(scores, threshold) }];
}

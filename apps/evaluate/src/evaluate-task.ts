import { fitBaselines, trainingWindows } from '@retrace/detector';
import { isRetraceError } from '@retrace/errors';
import { fitThreshold, type ScorerSpec } from '@retrace/scoring';
import { fitScaler } from '@retrace/windowing';
import type { EvaluationSet, Task } from './evaluation-set.ts';
import { measureAt, type ScoredTask, scoreTask } from './measure-task.ts';
import type { MeasuredSeries } from './measured-series.ts';
import { networksFor } from './networks.ts';
import { suggestionFor, unlabelled } from './suggestion-for.ts';
import { scorerOptions, trainNetwork } from './train-network.ts';
import { otherScorers, otherThresholds } from './variants.ts';

/** What methods made of the test rows of a task, by their names. */
export type TaskScores = ReadonlyMap<string, readonly MeasuredSeries[]>;

/** What networks made of a task. */
export interface NetworkScores {
  /** Each kind of network, scored as suggested. */
  readonly networks: TaskScores;
  /** The suggested network by other scorers. */
  readonly scorers: TaskScores;
  /** The suggested network at other thresholds, but those that refuse its calibration scores. */
  readonly thresholds: TaskScores;
}

/** Trains each kind of network by a seed, and scores the test rows with it. */
export async function scoreByNetworks(set: EvaluationSet, task: Task, seed: number): Promise<NetworkScores> {
  const suggestion = suggestionFor(set, task);
  const networks = new Map<string, readonly MeasuredSeries[]>();
  const scorers = new Map<string, readonly MeasuredSeries[]>();
  const thresholds = new Map<string, readonly MeasuredSeries[]>();
  for (const network of networksFor(suggestion, set.labelled === 'series')) {
    const trained = await trainNetwork(network, suggestion, task, seed);
    try {
      const scoreBy = async (scorer: ScorerSpec) =>
        scoreTask(await trained.detectorBy(scorer), set, task, suggestion);
      const suggested = await scoreBy(suggestion.detector.scorer);
      networks.set(network.name, measureAt(suggested, suggestion));
      if (network.model !== suggestion.model) continue;
      for (const [name, scorerOf] of Object.entries(otherScorers)) {
        const scored = await scoreBy(scorerOf(suggestion.detector.scorer));
        scorers.set(name, measureAt(scored, suggestion));
      }
      for (const [name, measured] of atOtherThresholds(suggested)) thresholds.set(name, measured);
    } finally {
      trained.dispose();
    }
  }
  return { networks, scorers, thresholds };
}

/** Fits the baselines, and scores the test rows with each. */
export async function scoreByBaselines(set: EvaluationSet, task: Task): Promise<TaskScores> {
  const suggestion = suggestionFor(set, task);
  const series = task.train.map(unlabelled);
  const scaler = fitScaler(series, suggestion.scaler);
  const { windows } = trainingWindows(series, suggestion, scaler);
  const scored = new Map<string, readonly MeasuredSeries[]>();
  const options = { ...scorerOptions(task, suggestion, scaler), windows: suggestion.detector.windows };
  const baselines = await fitBaselines(windows, { ...options, scorer: suggestion.detector.scorer });
  for (const [name, scorer] of baselines) {
    scored.set(name, measureAt(await scoreTask(scorer, set, task, suggestion), suggestion));
  }
  return scored;
}

function atOtherThresholds(scored: ScoredTask): TaskScores {
  const measured = new Map<string, readonly MeasuredSeries[]>();
  for (const [name, spec] of Object.entries(otherThresholds)) {
    try {
      measured.set(name, scored.measure(fitThreshold(scored.calibration, spec)));
    } catch (error) {
      // Some kinds ask more of the calibration scores than a few rows give.
      if (!isRetraceError(error, 'RETRACE_TOO_FEW_ROWS')) throw error;
    }
  }
  return measured;
}

import { fitBaselines, fitDetector, type Suggestion, trainingWindows } from '@retrace/detector';
import { isRetraceError } from '@retrace/errors';
import { createModel } from '@retrace/models';
import { fitThreshold, type ScorerSpec } from '@retrace/scoring';
import { fit } from '@retrace/training';
import { fitScaler, type ScalerState } from '@retrace/windowing';
import type { EvaluationSet, Task } from './evaluation-set.ts';
import { measureAt, type ScoredTask, scoreTask } from './measure-task.ts';
import type { MeasuredSeries } from './measured-series.ts';
import { type Network, networksFor } from './networks.ts';
import { suggestionFor, unlabelled } from './suggestion-for.ts';
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
    const trained = await train(network, suggestion, task, seed);
    try {
      const suggested = await trained.score(set, suggestion.detector.scorer);
      networks.set(network.name, measureAt(suggested, suggestion));
      if (network.model !== suggestion.model) continue;
      for (const [name, scorerOf] of Object.entries(otherScorers)) {
        const scored = await trained.score(set, scorerOf(suggestion.detector.scorer));
        scorers.set(name, measureAt(scored, suggestion));
      }
      for (const [name, measured] of atOtherThresholds(suggested)) thresholds.set(name, measured);
    } finally {
      trained.dispose();
    }
  }
  return { networks, scorers, thresholds };
}

async function train(network: Network, suggestion: Suggestion, task: Task, seed: number) {
  const series = task.train.map(unlabelled);
  const scaler = fitScaler(series, suggestion.scaler);
  const { windows: spec, fit: options } = suggestion.training;
  const ahead = { training: { ...suggestion.training, windows: { ...spec, ...network.ahead } } };
  const { windows, validation } = trainingWindows(series, ahead, scaler);
  const model = createModel(network.model, { seed });
  await fit(model, windows, { ...options, validation, seed });
  return {
    async score(set: EvaluationSet, scorer: ScorerSpec): Promise<ScoredTask> {
      const { windows: scored } = suggestion.detector;
      const detector = await fitDetector(model, {
        ...shared(task, suggestion, scaler),
        windows: { ...scored, ...network.ahead, stride: network.stride },
        scorer,
      });
      return scoreTask(detector, set, task, suggestion);
    },
    dispose: () => model.dispose(),
  };
}

/** Fits the baselines, and scores the test rows with each. */
export async function scoreByBaselines(set: EvaluationSet, task: Task): Promise<TaskScores> {
  const suggestion = suggestionFor(set, task);
  const series = task.train.map(unlabelled);
  const scaler = fitScaler(series, suggestion.scaler);
  const { windows } = trainingWindows(series, suggestion, scaler);
  const scored = new Map<string, readonly MeasuredSeries[]>();
  const options = { ...shared(task, suggestion, scaler), windows: suggestion.detector.windows };
  const baselines = await fitBaselines(windows, { ...options, scorer: suggestion.detector.scorer });
  for (const [name, scorer] of baselines) {
    scored.set(name, measureAt(await scoreTask(scorer, set, task, suggestion), suggestion));
  }
  return scored;
}

function shared(task: Task, { detector: { threshold } }: Suggestion, scaler: ScalerState) {
  return { calibration: task.calibration.map(unlabelled), scaler, threshold };
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

import type { RowScorer, Suggestion } from '@retrace/detector';
import {
  findAnomalies,
  fitThreshold,
  flagRows,
  type ScoredSeries,
  type ThresholdState,
} from '@retrace/scoring';
import { runs, type Series } from '@retrace/windowing';
import type { EvaluationSet, Task } from './evaluation-set.ts';
import type { MeasuredSeries } from './measured-series.ts';

type Scorer = Pick<RowScorer, 'score'>;

/** The scores of a task by one method, from which any threshold can be fitted and measured. */
export interface ScoredTask {
  /** The scores of the calibration rows, or series. */
  readonly calibration: Float64Array;
  /** Flags and alarms of the test part at a threshold. */
  measure(threshold: ThresholdState): readonly MeasuredSeries[];
}

/** Scores the calibration and the test part. */
export async function scoreTask(
  scorer: Scorer,
  set: EvaluationSet,
  task: Task,
  { detector: { anomalies } }: Suggestion,
): Promise<ScoredTask> {
  if (set.labelled === 'series') return scoreWhole(scorer, task);
  const scored: { series: Series; scores: ScoredSeries }[] = [];
  for (const series of task.test) scored.push({ series, scores: await scorer.score(series) });
  const calibration: number[] = [];
  for (const series of task.calibration) calibration.push(...(await scorer.score(series)).scores);
  return {
    calibration: Float64Array.from(calibration),
    measure: (threshold) =>
      scored.map(({ series, scores }) => {
        const alarms = new Uint8Array(series.time.length);
        const found = findAnomalies(scores, threshold, { ...anomalies, runs: runs(series, task.maxGap) });
        for (const { firstRow, lastRow } of found) alarms.fill(1, firstRow, lastRow + 1);
        const flags = flagRows(scores.scores, threshold);
        return { scores: scores.scores, labels: series.labels!, ...flags, alarms };
      }),
  };
}

/** Gives each series one score, the mean over its rows, and one label, as if it were a row. */
async function scoreWhole(scorer: Scorer, task: Task): Promise<ScoredTask> {
  const scoresOf = async (series: readonly Series[]) => {
    const scores = new Float64Array(series.length);
    for (const [k, each] of series.entries()) {
      const rows = (await scorer.score(each)).scores;
      scores[k] = rows.reduce((sum, score) => sum + score, 0) / rows.length;
    }
    return scores;
  };
  const scores = await scoresOf(task.test);
  const labels = Uint8Array.from(task.test, (series) => series.labels![0]!);
  return {
    calibration: await scoresOf(task.calibration),
    measure: (threshold) => {
      const flagged = flagRows(scores, threshold);
      return [{ scores, labels, ...flagged, alarms: flagged.flags }];
    },
  };
}

/** Fits the suggested threshold and measures at it. */
export function measureAt(scored: ScoredTask, { detector }: Suggestion): readonly MeasuredSeries[] {
  return scored.measure(fitThreshold(scored.calibration, detector.threshold));
}

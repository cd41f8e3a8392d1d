export { affiliationMetrics } from './affiliation-metrics.ts';
export { averagePrecision } from './average-precision.ts';
export type { Baseline } from './baseline.ts';
export { type BestF1, bestF1 } from './best-f1.ts';
export { type BestNabScore, bestNabScore } from './best-nab-score.ts';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  type BootstrapStatisticOptions,
  bootstrapInterval,
} from './bootstrap-interval.ts';
export { compositeF1 } from './composite-f1.ts';
export { type DetectionDelay, detectionDelay } from './detection-delay.ts';
export { type Evaluation, evaluateScores } from './evaluate-scores.ts';
export { type EventChance, eventChance } from './event-chance.ts';
export { type EventMetrics, eventMetrics } from './event-metrics.ts';
export { type FalseAlarmsPerDayOptions, falseAlarmsPerDay } from './false-alarms-per-day.ts';
export {
  type Anomaly,
  type FindAnomaliesOptions,
  findAnomalies,
  type ScoredSeries,
} from './find-anomalies.ts';
export { type FitScorerOptions, fitScorer, type ScorerSpec } from './fit-scorer.ts';
export { flagAnomalies, flagRows, type RowFlags } from './flag-rows.ts';
export type { LabelledFlags, LabelledScores, TimedFlags } from './labelled-rows.ts';
export { lastValue } from './last-value.ts';
export { type MeanDistanceOptions, meanDistance } from './mean-distance.ts';
export type { NabOptions, NabProfile } from './nab-rewards.ts';
export { type NabScore, nabScore } from './nab-score.ts';
export { type PcaBaseline, type PcaOptions, pca } from './pca.ts';
export { type PointAdjustedF1, pointAdjustedF1 } from './point-adjusted-f1.ts';
export { type PointMetrics, pointMetrics } from './point-metrics.ts';
export type { PrecisionRecall } from './precision-recall.ts';
export type { RangeAuc } from './range-areas.ts';
export { type RangeAucOptions, rangeAuc } from './range-auc.ts';
export { type RangeBias, type RangeMetricsOptions, rangeMetrics } from './range-metrics.ts';
export { residuals } from './residuals.ts';
export { rocAuc } from './roc-auc.ts';
export { type RowScores, type ScoreRowsOptions, scoreRows } from './score-rows.ts';
export {
  checkScorerState,
  type GaussianScorerState,
  type PlainScorerState,
  type ScorerState,
  type StandardisedScorerState,
} from './scorer-state.ts';
export type { Smoothing } from './smooth-rows.ts';
export {
  checkThresholdState,
  type FitThresholdOptions,
  fitThreshold,
  type ThresholdSpec,
  type ThresholdState,
} from './threshold.ts';
export { volumeUnderSurface } from './volume-under-surface.ts';

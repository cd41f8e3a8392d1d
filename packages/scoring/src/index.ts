export type { Anomaly } from './alarms/anomaly.ts';
export {
  type AnomalyColumn,
  type AnomalyColumnsOptions,
  anomalyColumns,
} from './alarms/anomaly-columns.ts';
export { type AnomalyOptions, checkAnomalyOptions } from './alarms/anomaly-options.ts';
export {
  type AnomalyStream,
  type AnomalyStreamOptions,
  type AnomalyStreamState,
  anomalyStream,
} from './alarms/anomaly-stream.ts';
export type { BudgetSpec, BudgetThresholdState, CalibrationTime } from './alarms/budget-threshold.ts';
export {
  type ConformalSpec,
  type ConformalThresholdState,
  conformalPValues,
} from './alarms/conformal-threshold.ts';
export { type Alarm, createAlarm, type RowAlarm } from './alarms/create-alarm.ts';
export type { DynamicSpec, DynamicThresholdState } from './alarms/dynamic-threshold.ts';
export { type FindAnomaliesOptions, findAnomalies } from './alarms/find-anomalies.ts';
export {
  type FitThresholdOptions,
  fitThreshold,
  type ThresholdFit,
  type ThresholdSpec,
} from './alarms/fit-threshold.ts';
export { flagAnomalies, flagRows, type RowFlags, type ThresholdFlags } from './alarms/flag-rows.ts';
export type { JudgedRow } from './alarms/judged-row.ts';
export type { ParetoTail } from './alarms/pareto-tail.ts';
export type { PeaksSpec, PotThresholdState, SpotThresholdState } from './alarms/peaks-threshold.ts';
export type { QuantileSpec, QuantileThresholdState } from './alarms/quantile-threshold.ts';
export type { ScoredSeries } from './alarms/scored-series.ts';
export type { SpreadSpec, SpreadThresholdState } from './alarms/spread-threshold.ts';
export type { ConstantThreshold, ThresholdHead } from './alarms/threshold-head.ts';
export {
  type ConstantThresholdState,
  checkThresholdState,
  isConstantThreshold,
  type ThresholdState,
} from './alarms/threshold-state.ts';
export type { Baseline } from './baselines/baseline.ts';
export { type DiscordOptions, discord } from './baselines/discord.ts';
export { lastValue } from './baselines/last-value.ts';
export { type MeanDistanceOptions, meanDistance } from './baselines/mean-distance.ts';
export { type MovingMeanOptions, movingMean } from './baselines/moving-mean.ts';
export { type PcaBaseline, type PcaOptions, pca } from './baselines/pca.ts';
export { type ProcessPcaBaseline, type ProcessPcaOptions, processPca } from './baselines/process-pca.ts';
export type { RowBaseline, ScoreRunsOptions } from './baselines/row-baseline.ts';
export { type SubSequencePcaOptions, subSequencePca } from './baselines/sub-sequence-pca.ts';
export {
  type VectorAutoregressionOptions,
  vectorAutoregression,
} from './baselines/vector-autoregression.ts';
export { type WindowedGaussianOptions, windowedGaussian } from './baselines/windowed-gaussian.ts';
export { affiliationMetrics } from './metrics/affiliation-metrics.ts';
export { averagePrecision } from './metrics/average-precision.ts';
export { type BestF1, bestF1 } from './metrics/best-f1.ts';
export { type BestNabScore, bestNabScore } from './metrics/best-nab-score.ts';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  type BootstrapStatisticOptions,
  bootstrapInterval,
} from './metrics/bootstrap-interval.ts';
export { compositeF1 } from './metrics/composite-f1.ts';
export { type DetectionDelay, detectionDelay } from './metrics/detection-delay.ts';
export { type Evaluation, evaluateScores } from './metrics/evaluate-scores.ts';
export { type EventChance, eventChance } from './metrics/event-chance.ts';
export { type EventMetrics, eventMetrics } from './metrics/event-metrics.ts';
export { type FalseAlarmsPerDayOptions, falseAlarmsPerDay } from './metrics/false-alarms-per-day.ts';
export type { LabelledFlags, LabelledScores, TimedFlags } from './metrics/labelled-rows.ts';
export type { NabOptions, NabProfile } from './metrics/nab-rewards.ts';
export { type NabScore, nabScore } from './metrics/nab-score.ts';
export { type PointAdjustedF1, pointAdjustedF1 } from './metrics/point-adjusted-f1.ts';
export { type PointMetrics, pointMetrics } from './metrics/point-metrics.ts';
export type { PrecisionRecall } from './metrics/precision-recall.ts';
export type { RangeAuc } from './metrics/range-areas.ts';
export { type RangeAucOptions, rangeAuc } from './metrics/range-auc.ts';
export { type RangeBias, type RangeMetricsOptions, rangeMetrics } from './metrics/range-metrics.ts';
export { rocAuc } from './metrics/roc-auc.ts';
export { volumeUnderSurface } from './metrics/volume-under-surface.ts';
export { checkScorerState } from './scores/check-scorer-state.ts';
export {
  type CombinedPart,
  type CombinedScorerState,
  checkCombinedScorerState,
  combinedFeatures,
  type ScoreCombination,
} from './scores/combined-scorer-state.ts';
export type { EntityRowCount } from './scores/entity-rows.ts';
export {
  type FitCombinedScorerOptions,
  type FittedPart,
  fitCombinedScorer,
} from './scores/fit-combined-scorer.ts';
export { type FitScorerOptions, fitScorer, type ScorerSpec } from './scores/fit-scorer.ts';
export { type LikelihoodOptions, negativeLogLikelihood } from './scores/negative-log-likelihood.ts';
export { residuals } from './scores/residuals.ts';
export { scoreCombinedRows } from './scores/score-combined-rows.ts';
export { type RowScores, type ScoreRowsOptions, scoreRows } from './scores/score-rows.ts';
export {
  type OpenScoreStreamOptions,
  type RowScore,
  type ScoreStream,
  type ScoreStreamState,
  type ScoreStreams,
  scoreStreams,
} from './scores/score-streams.ts';
export type {
  GaussianFit,
  GaussianScorerState,
  LikelihoodFit,
  LikelihoodScorerState,
  PlainScorerState,
  QuantileFit,
  QuantileScorerState,
  ScorerState,
  SpreadFit,
  StandardisedScorerState,
} from './scores/scorer-state.ts';
export type { Smoothing } from './scores/smoothing.ts';

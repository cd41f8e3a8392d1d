export { type ArrayWindowsOptions, arrayWindows } from './array-windows.ts';
export { type BlockedFoldsOptions, blockedFolds, type Fold } from './blocked-folds.ts';
export {
  addCalendarFeatures,
  type CalendarCycle,
  type CalendarFeaturesOptions,
} from './calendar-features.ts';
export { checkFeatures, checkSeries } from './check-series.ts';
export { createDataset } from './create-dataset.ts';
export { createSeries, type SeriesOptions } from './create-series.ts';
export { type Differenced, type DifferenceOptions, difference, undifference } from './difference.ts';
export type { DifferenceState, RunStart } from './difference-state.ts';
export type { EntityColumn } from './entity-column.ts';
export { fitScaler } from './fit-scaler.ts';
export { addGapFeature, type GapFeatureOptions } from './gap-feature.ts';
export { type EntityRows, type GroupOptions, groupByEntity } from './group-by-entity.ts';
export { type HeldOut, holdOutTail } from './hold-out-tail.ts';
export { labelWeights } from './label-weights.ts';
export { addMaskFeatures } from './mask-features.ts';
export { type NormalOnlyOptions, normalOnly } from './normal-only.ts';
export {
  createOverlapAggregator,
  type Overlap,
  type OverlapAggregator,
  type OverlapOptions,
  overlapAggregate,
} from './overlap-aggregate.ts';
export type { OverlapReduce } from './overlap-reducer.ts';
export { type EventColumns, type PivotOptions, pivotEvents, type RepeatedEvents } from './pivot-events.ts';
export { type ResampledSeries, type ResampleOptions, resample } from './resample.ts';
export type { ResampleRule } from './resample-run.ts';
export type { RowColumns } from './rows.ts';
export { type Run, runs } from './runs.ts';
export { scale, unscale, unscaler, unscaleValues } from './scale.ts';
export { createScalerFitter, type FitScalerOptions, type ScalerFitter } from './scaler-fitter.ts';
export {
  checkScalerState,
  type EntityScaling,
  type FittedScaling,
  type ScalerKind,
  type ScalerState,
  type UnseenEntity,
} from './scaler-state.ts';
export type { MomentsState, ScalerStatistics } from './scaler-statistics.ts';
export type { Series } from './series.ts';
export { type SharedRows, sharedRows } from './shared-rows.ts';
export { sliceSeries } from './slice-series.ts';
export { type SlidingWindowsOptions, slidingWindows } from './sliding-windows.ts';
export type { SeriesSplit, SplitShares } from './split.ts';
export { type SplitByEntityOptions, splitByEntity } from './split-by-entity.ts';
export { type SplitByTimeOptions, splitByTime } from './split-by-time.ts';
export type { RejectedRow, StreamBatch } from './stream-batch.ts';
export type { StreamRow } from './stream-row.ts';
export { normalWindows, subsetWindows } from './subset-windows.ts';
export type { TakenRow } from './taken-row.ts';
export { temporalize } from './temporalize.ts';
export { addTimeSinceSeen } from './time-since-seen.ts';
export { type DrawWindowsOptions, drawWindows, weighWindows } from './weigh-windows.ts';
export { checkWindowSpec } from './window-spec.ts';
export { type WindowStream, type WindowStreamOptions, windowStream } from './window-stream.ts';
export type { StreamCounts, WindowStreamState } from './window-stream-state.ts';
export type { WindowBatch, WindowOrigin, WindowSpec, Windows } from './windows.ts';
export { zoneOffset } from './zone-offset.ts';

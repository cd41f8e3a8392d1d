export { type ArrayWindowsOptions, arrayWindows } from './array-windows.ts';
export { createSeries, type SeriesOptions } from './create-series.ts';
export type { EntityColumn } from './entity-column.ts';
export { type FitScalerOptions, fitScaler } from './fit-scaler.ts';
export { type EntityRows, type GroupOptions, groupByEntity } from './group-by-entity.ts';
export { type HeldOut, holdOutTail } from './hold-out-tail.ts';
export {
  createOverlapAggregator,
  type Overlap,
  type OverlapAggregator,
  type OverlapOptions,
  overlapAggregate,
} from './overlap-aggregate.ts';
export type { OverlapReduce } from './overlap-reducer.ts';
export type { RowColumns } from './rows.ts';
export { type Run, runs } from './runs.ts';
export { scale, unscale, unscaleValues } from './scale.ts';
export { checkScalerState, type ScalerKind, type ScalerState } from './scaler-state.ts';
export type { Series } from './series.ts';
export { sliceSeries } from './slice-series.ts';
export { type SlidingWindowsOptions, slidingWindows } from './sliding-windows.ts';
export type { SeriesSplit, SplitShares } from './split.ts';
export { type SplitByEntityOptions, splitByEntity } from './split-by-entity.ts';
export { type SplitByTimeOptions, splitByTime } from './split-by-time.ts';
export { normalWindows, subsetWindows } from './subset-windows.ts';
export { temporalize } from './temporalize.ts';
export { checkWindowSpec } from './window-spec.ts';
export type { WindowBatch, WindowOrigin, WindowSpec, Windows } from './windows.ts';

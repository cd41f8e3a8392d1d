import { checkKeys } from '@retrace/errors';
import { checkFloat32 } from './check-float32.ts';
import { checkSeries } from './check-series.ts';
import { copySteps, type StepArrays } from './copy-steps.ts';
import type { ScalerState } from './scaler-state.ts';
import { type Scaling, scalingsFor } from './scaling.ts';
import type { Series } from './series.ts';
import { type BatchShape, batchOf, checkIndex, indexAt } from './window-batch.ts';
import { layOutWindows, placeOf, type WindowLayout, type WindowPlace } from './window-layout.ts';
import { isLabelled } from './window-rows.ts';
import { checkWindowSpec } from './window-spec.ts';
import type { WindowBatch, WindowSpec, Windows } from './windows.ts';

export interface SlidingWindowsOptions {
  /** Applied to the rows of each batch as it is gathered. Default: values are taken as they are. */
  readonly scaler?: ScalerState;
}

/**
 * Cuts series into windows: none crosses from one series to another, or a gap in time over `maxGap`.
 *
 * Memory is held per run of rows without a gap, not per window; rows are copied, and scaled in float64, when `batch`
 * is called. `mask` and `targetMask` are there if any of the windows needs them, `observed` if any cell of the series
 * is missing, `label` if any series has labels. The target of a padded window is whole, except that steps which a
 * negative `shift` puts on padding are masked by `targetMask`.
 *
 * @throws `RETRACE_NOT_FINITE` with the row and the feature of an observed cell that float32 cannot hold, scaled if
 * there is a scaler; `RETRACE_FEATURES` if the series, or the scaler, differ in features; `RETRACE_UNSORTED` if rows
 * are not in ascending time; `RETRACE_SCALER_STATE`; `RETRACE_INVALID_ARGUMENT`.
 */
export function slidingWindows(
  series: readonly Series[],
  spec: WindowSpec,
  options: SlidingWindowsOptions = {},
): Windows {
  checkSeries(series);
  const kept = [...series];
  checkKeys('options', options, ['scaler']);
  const full = checkWindowSpec(spec);
  const { features } = kept[0]!;
  const scalings = options.scaler && scalingsFor(kept, options.scaler);
  for (const [entity, each] of kept.entries()) checkFloat32(each, scalings?.[entity]);
  const layout = layOutWindows(kept, full);
  const length = layout.first.at(-1)!;
  const shape = shapeOf(kept, full, layout);

  const copied = { series: kept, spec: full, scalings };
  return {
    length,
    features,
    spec: full,
    series: kept,
    batch(indices, into) {
      const batch = batchOf(shape, indices.length, into);
      const gather = gatherInto(batch, copied);
      for (let slot = 0; slot < indices.length; slot++) {
        gather(placeOf(layout, full, indexAt(indices, slot, length)), slot);
      }
      return batch;
    },
    origin(index) {
      const place = placeOf(layout, full, checkIndex('index', index, length));
      return { series: kept[place.entity]!, ...place };
    },
  };
}

/** What windows are copied from. */
interface Copied {
  readonly series: readonly Series[];
  readonly spec: Required<WindowSpec>;
  readonly scalings: readonly Scaling[] | undefined;
}

/** Returns what copies the window at a place into a slot of the batch. */
function gatherInto(
  batch: WindowBatch,
  { series, spec, scalings }: Copied,
): (place: WindowPlace, slot: number) => void {
  const { lookback, horizon, shift } = spec;
  const { input, observed, mask, target, targetObserved, targetMask, label, entity: entities } = batch;
  const stepsIn: StepArrays = { values: input, count: lookback, observed, mask };
  const stepsOut: StepArrays | undefined = target && {
    values: target,
    count: horizon,
    observed: targetObserved,
    mask: targetMask,
  };
  return (place, slot) => {
    const { entity, row, padding } = place;
    const own = series[entity]!;
    const start = row - padding;
    const scaling = scalings?.[entity];
    copySteps(own, row, start, scaling, stepsIn, slot);
    if (stepsOut) copySteps(own, row, start + lookback + shift, scaling, stepsOut, slot);
    if (label) label[slot] = isLabelled(own.labels, place, spec) ? 1 : 0;
    if (entities) entities[slot] = entity;
  };
}

function shapeOf(
  series: readonly Series[],
  { lookback, horizon }: Required<WindowSpec>,
  { padded }: WindowLayout,
): BatchShape {
  const width = series[0]!.features.length;
  const missing = series.some(({ observed }) => observed?.includes(0));
  return {
    input: lookback * width,
    ...(padded.input && { mask: lookback }),
    ...(missing && { observed: lookback * width }),
    ...(horizon > 0 && { target: horizon * width }),
    ...(padded.target && { targetMask: horizon }),
    ...(horizon > 0 && missing && { targetObserved: horizon * width }),
    ...(series.some(({ labels }) => labels) && { label: 1 }),
    entity: 1,
  };
}

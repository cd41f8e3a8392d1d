import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import {
  addCalendarFeatures,
  addGapFeature,
  addMaskFeatures,
  addTimeSinceSeen,
  blockedFolds,
  createScalerFitter,
  difference,
  fitScaler,
  groupByEntity,
  normalOnly,
  overlapAggregate,
  pivotEvents,
  resample,
  type Series,
  scale,
  sharedRows,
  slidingWindows,
  splitByEntity,
  splitByTime,
  undifference,
  unscale,
  unscaleValues,
  type WindowSpec,
  windowStream,
} from './index.ts';

/** Hands the series to everything that takes some. */
function useAll(series: readonly Series[], spec: WindowSpec): void {
  const { features } = series[0]!;
  const first = series[0]!;
  for (const add of [addCalendarFeatures, addGapFeature, addMaskFeatures, addTimeSinceSeen]) add(series);
  splitByTime(series, { train: 0.6, calibration: 0.2, purge: 1 });
  splitByEntity(series, { train: 0.6, calibration: 0.2 });
  blockedFolds(series, { folds: 3 });
  normalOnly(series, { margin: 1 });
  sharedRows(series, series);
  resample(series, { every: 2, rule: 'mean' });
  const { series: changed, state } = difference(series);
  undifference(changed, state);
  const { id: _, ...rows } = first;
  groupByEntity({ ...rows, entity: Array.from(first.time, (_, row) => `${row % 2}`) });
  const cells = Array.from(first.values.keys()).filter((cell) => first.observed?.[cell] !== 0);
  pivotEvents({
    entity: cells.map(() => 'a'),
    time: cells.map((cell) => first.time[Math.floor(cell / features.length)]!),
    parameter: cells.map((cell) => features[cell % features.length]!),
    value: cells.map((cell) => first.values[cell]!),
    features,
  });
  createScalerFitter().add(series);
  const scaler = fitScaler(series, { kind: 'robust', by: 'entity' });
  const scaled = scale(series, scaler);
  unscale(scaled, scaler);
  unscaleValues(scaled[0]!.values, scaler);
  const windows = slidingWindows(series, spec, { scaler });
  const { input } = windows.batch(Array.from({ length: windows.length }, (_, index) => index));
  overlapAggregate(windows, input, { reduce: { quantiles: [0.1, 0.9] } });
  const stream = windowStream(spec, { features, scaler, lateness: 2 });
  for (const each of series) stream.push(each);
  stream.flush();
}

describe('every function that takes series', () => {
  it('leaves them as they were, to the bit', () => {
    fc.assert(
      fc.property(arbitrarySeries(), arbitrarySpec(), (series, spec) => {
        const before = structuredClone(series);
        const given = structuredClone(spec);
        useAll(series, spec);
        expect(series).toEqual(before);
        expect(spec).toEqual(given);
      }),
      { numRuns: 10_000 },
    );
  });
});

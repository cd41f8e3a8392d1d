import { argumentError, checkInteger, checkKeys, RetraceError } from '@retrace/errors';
import { extremeReducer } from './overlap-extreme.ts';
import { lastReducer } from './overlap-last.ts';
import { meanReducer } from './overlap-mean.ts';
import { quantilesReducer } from './overlap-quantiles.ts';
import { checkReduce, type LaidSteps, type OverlapReduce, type OverlapReducer } from './overlap-reducer.ts';
import type { Series } from './series.ts';
import type { Windows } from './windows.ts';

export interface OverlapOptions {
  /** Values per step. Default: as many as the windows have features. */
  readonly channels?: number;
  /** How the values that overlap on a row become one. Default 'mean'. */
  readonly reduce?: OverlapReduce;
}

/** The values of windows, laid back on the rows of their series. */
export interface Overlap {
  readonly series: Series;
  /** `[rows, channels]`, or `[rows, channels, quantiles]`; NaN where no window covers the row. */
  readonly values: Float64Array;
  /** `[rows]`, the number of windows that cover each row. */
  readonly coverage: Uint32Array;
}

/** Takes the values of windows a block at a time. */
export interface OverlapAggregator {
  /**
   * Lays the values of consecutive windows on their rows. Blocks may come in any order, each window once.
   *
   * @param values `[windows, lookback, channels]`; steps that are padding do not count, a NaN makes its row's cell NaN.
   */
  add(firstWindow: number, values: Float32Array | Float64Array): void;
  /** Returns one result per series, in order; nothing can be added from then on. */
  finish(): Overlap[];
}

/**
 * Makes an aggregator that turns overlapping windows back into rows, for any stride and number of channels.
 *
 * Memory is constant per row; `'median'` and quantiles (interpolated linearly, as numpy's) hold the values of rows until the
 * last window that covers them has come.
 *
 * @throws `RETRACE_NO_ROWS` for windows that arrived as arrays; `RETRACE_FINISHED` from `add` after `finish`;
 * `RETRACE_INVALID_ARGUMENT`, also from `add`.
 */
export function createOverlapAggregator(windows: Windows, options: OverlapOptions = {}): OverlapAggregator {
  checkKeys('options', options, ['channels', 'reduce']);
  const { channels = windows.features.length, reduce = 'mean' } = options;
  checkInteger('channels', channels, { min: 1 });
  checkReduce(reduce);
  if (windows.series.length === 0) {
    throw new RetraceError(
      'RETRACE_NO_ROWS',
      'Windows must be cut from series to be laid back on rows. Received: windows that arrived as arrays. ' +
        'Use `slidingWindows`.',
    );
  }
  const { lookback } = windows.spec;
  const bounds = boundsOf(windows.series);
  const rows = bounds.at(-1)!;
  const coverage = new Uint32Array(rows);
  const added = new Uint8Array(windows.length);
  const width = typeof reduce === 'object' ? channels * reduce.quantiles.length : channels;
  const reducer = reducerOf(reduce, rows, channels, () => expectedCoverage(windows, bounds));
  let results: Overlap[] | undefined;

  return {
    add(firstWindow, values) {
      if (results) {
        throw new RetraceError(
          'RETRACE_FINISHED',
          'Windows must be added before `finish`. Make a new aggregator.',
        );
      }
      const count = checkBlock(values, lookback * channels, windows.length);
      checkInteger('firstWindow', firstWindow, { min: 0, max: windows.length - count });
      const again = added.subarray(firstWindow, firstWindow + count).indexOf(1);
      if (again >= 0) {
        throw argumentError('firstWindow', 'the first of windows not added before', firstWindow);
      }
      added.fill(1, firstWindow, firstWindow + count);
      const laid: LaidSteps[] = [];
      for (let i = 0; i < count; i++) {
        const { entity, row, padding } = windows.origin(firstWindow + i);
        const steps = lookback - padding;
        laid.push({ row: bounds[entity]! + row, steps, at: (i * lookback + padding) * channels });
      }
      for (const { row, steps } of laid) for (let r = row; r < row + steps; r++) coverage[r]!++;
      reducer.add(values, laid);
    },
    finish() {
      results ??= resultsOf(windows.series, bounds, coverage, reducer.finish(coverage), width);
      return results;
    },
  };
}

/**
 * Turns the values of all windows, `[windows, lookback, channels]`, back into rows; throws what
 * {@link createOverlapAggregator} throws.
 */
export function overlapAggregate(
  windows: Windows,
  values: Float32Array | Float64Array,
  options: OverlapOptions = {},
): Overlap[] {
  const aggregator = createOverlapAggregator(windows, options);
  const length = windows.length * windows.spec.lookback * (options.channels ?? windows.features.length);
  if (values.length !== length) throw argumentError('values', `of length ${length}`, values);
  aggregator.add(0, values);
  return aggregator.finish();
}

function reducerOf(
  reduce: OverlapReduce,
  rows: number,
  channels: number,
  expected: () => Uint32Array,
): OverlapReducer {
  if (typeof reduce === 'object') return quantilesReducer(expected(), channels, reduce.quantiles);
  switch (reduce) {
    case 'mean':
      return meanReducer(rows, channels);
    case 'min':
      return extremeReducer(rows, channels, (value, least) => value < least);
    case 'max':
      return extremeReducer(rows, channels, (value, most) => value > most);
    case 'last':
      return lastReducer(rows, channels);
    case 'median':
      return quantilesReducer(expected(), channels, [0.5]);
  }
}

/** `[rows]`, the windows that will have covered each row when all have been added. */
function expectedCoverage(windows: Windows, bounds: Uint32Array): Uint32Array {
  const coverage = new Uint32Array(bounds.at(-1)!);
  for (let index = 0; index < windows.length; index++) {
    const { entity, row, padding } = windows.origin(index);
    const first = bounds[entity]! + row;
    for (let r = first; r < first + windows.spec.lookback - padding; r++) coverage[r]!++;
  }
  return coverage;
}

/** `[series + 1]`: the rows of series s are [bounds[s], bounds[s + 1]) among all rows. */
function boundsOf(series: readonly Series[]): Uint32Array {
  // Not float64: a row that is no small integer to the engine halves the speed of the loops over it.
  const bounds = new Uint32Array(series.length + 1);
  for (const [index, { time }] of series.entries()) bounds[index + 1] = bounds[index]! + time.length;
  return bounds;
}

/** Returns the number of windows in a block of values. */
function checkBlock(values: Float32Array | Float64Array, perWindow: number, most: number): number {
  const isFloats = values instanceof Float32Array || values instanceof Float64Array;
  if (isFloats && values.length % perWindow === 0 && values.length <= most * perWindow) {
    return values.length / perWindow;
  }
  const expected = `a float array of at most ${most} windows of ${perWindow} values each`;
  throw argumentError('values', expected, values);
}

function resultsOf(
  series: readonly Series[],
  bounds: Uint32Array,
  coverage: Uint32Array,
  values: Float64Array,
  width: number,
): Overlap[] {
  for (let row = 0; row < coverage.length; row++) {
    if (coverage[row] === 0) values.fill(Number.NaN, row * width, (row + 1) * width);
  }
  return series.map((each, index) => ({
    series: each,
    values: values.subarray(bounds[index]! * width, bounds[index + 1]! * width),
    coverage: coverage.subarray(bounds[index]!, bounds[index + 1]!),
  }));
}

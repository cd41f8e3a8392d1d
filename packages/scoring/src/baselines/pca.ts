import { argumentError, checkInteger, checkKeys, checkNumber } from '@retrace/errors';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { type Baseline, checkBatch, presentCells, type WindowShape, windowShape } from './baseline.ts';
import { principalComponents } from './principal-components.ts';
import { checkWindowCount, sampledBatches } from './sampled-batches.ts';

/** The most numbers held while fitting: 256 MiB in float64. */
const cellBudget = 2 ** 25;

export interface PcaOptions {
  /** The share of the variance that the components must reach, above 0, at most 1. Default 0.95. */
  readonly variance?: number;
  /** The number of components, instead of a share of the variance. */
  readonly components?: number;
  /** The most windows to fit on, spread evenly over all; fewer are used where they would fill more than 256 MiB. Default 2,000. */
  readonly maxWindows?: number;
}

export interface PcaBaseline extends Baseline {
  /** How many components it keeps. */
  readonly components: number;
  /** Their share of the variance of the windows it was fitted on, from 0 to 1; 1 where there is no variance. */
  readonly explained: number;
}

/**
 * Fits the baseline that retraces a window, taken as one long vector, by its projection on the principal components of
 * the training windows: the best linear autoencoder of that size. Equals `sklearn.decomposition.PCA`.
 *
 * A missing cell counts as the mean of its place in the window, in the fit and in the projection: an approximation
 * that leaves the projection a little short. The time to fit grows as the cube of the smaller of the number of windows
 * and `lookback · features`, about 10 s for 1,200 and a minute for the default most.
 *
 * @throws `RETRACE_TOO_FEW_WINDOWS` with fewer than two windows, `RETRACE_INVALID_ARGUMENT` for an option out of range.
 */
export function pca(windows: Windows, options: PcaOptions = {}): PcaBaseline {
  checkKeys('options', options, ['variance', 'components', 'maxWindows']);
  const { variance = 0.95, components, maxWindows = 2000 } = options;
  if (components !== undefined && options.variance !== undefined) {
    throw argumentError('variance', 'absent where `components` is given', variance);
  }
  checkNumber('variance', variance, { min: Number.MIN_VALUE, max: 1 });
  checkInteger('maxWindows', maxWindows, { min: 2 });
  checkWindowCount(windows, 2);
  const shape = windowShape(windows);
  const columns = shape.lookback * shape.features;
  const most = Math.min(maxWindows, Math.max(2, Math.floor(cellBudget / columns)));
  const count = Math.min(most, windows.length);
  if (components !== undefined)
    checkInteger('components', components, { min: 1, max: Math.min(count, columns) });
  const flat = new Float64Array(count * columns);
  let filled = 0;
  for (const batch of sampledBatches(windows, most)) {
    flat.set(presentValues(batch, shape), filled);
    filled += batch.input.length;
  }
  const means = centreColumns(flat, columns);
  const found = principalComponents(flat, columns, components ?? { variance });
  return {
    name: 'PCA',
    components: found.vectors.length,
    explained: found.explained,
    reconstruct(batch) {
      checkBatch(batch, shape);
      const values = presentValues(batch, shape);
      const retraced = new Float32Array(values.length);
      for (let start = 0; start < values.length; start += columns) {
        retraced.set(project(values.subarray(start, start + columns), means, found.vectors), start);
      }
      return retraced;
    },
  };
}

/** The cells of a batch, `NaN` where missing. */
function presentValues(batch: WindowBatch, shape: WindowShape): Float64Array {
  const present = presentCells(batch, shape);
  return Float64Array.from(batch.input, (value, cell) => (present(cell) ? value : Number.NaN));
}

/** Subtracts from each column the mean of its numbers, sets `NaN` to 0, and returns the means. */
function centreColumns(flat: Float64Array, columns: number): Float64Array {
  const counts = new Float64Array(columns);
  const means = new Float64Array(columns);
  for (let cell = 0; cell < flat.length; cell++) {
    if (Number.isNaN(flat[cell])) continue;
    const column = cell % columns;
    counts[column]!++;
    means[column]! += (flat[cell]! - means[column]!) / counts[column]!;
  }
  for (let cell = 0; cell < flat.length; cell++) {
    flat[cell] = Number.isNaN(flat[cell]) ? 0 : flat[cell]! - means[cell % columns]!;
  }
  return means;
}

function project(window: Float64Array, means: Float64Array, vectors: readonly Float64Array[]): Float64Array {
  const centred = window.map((value, column) => (Number.isNaN(value) ? 0 : value - means[column]!));
  const retraced = means.slice();
  for (const vector of vectors) {
    let weight = 0;
    for (let column = 0; column < vector.length; column++) weight += vector[column]! * centred[column]!;
    for (let column = 0; column < vector.length; column++) retraced[column]! += weight * vector[column]!;
  }
  return retraced;
}

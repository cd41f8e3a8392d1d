import { argumentError, checkInteger, checkKeys, checkNumberColumn, RetraceError } from '@retrace/errors';
import { checkFeatureNames } from './rows.ts';
import type { Series } from './series.ts';
import { type BatchShape, batchOf, checkIndex, indexAt } from './window-batch.ts';
import type { WindowOrigin, Windows } from './windows.ts';

export interface ArrayWindowsOptions {
  /** `[windows, timesteps, features]`. A Float32Array is kept, not copied. */
  readonly input: ArrayLike<number>;
  readonly shape: readonly [windows: number, timesteps: number, features: number];
  /** `[windows, horizon, features]`; the horizon follows from its length. Default: a window is its own target. */
  readonly target?: ArrayLike<number>;
  /** `[windows]`, 0 where a window is normal; or the class of each window, for a classifier. */
  readonly label?: ArrayLike<number>;
  /** The names of the features. Default `feature1`, `feature2`, … */
  readonly features?: readonly string[];
}

/**
 * Takes arrays that are windows already. Each window is a series of its own: nothing is known of rows they share.
 *
 * @throws `RETRACE_NOT_FINITE` with the window, the step and the feature of a cell that is not finite as float32;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function arrayWindows(options: ArrayWindowsOptions): Windows {
  checkKeys('options', options, ['input', 'shape', 'target', 'label', 'features']);
  const [length, lookback, width] = checkShape(options.shape);
  const features = checkFeatureNames(
    options.features ?? Array.from({ length: width }, (_, k) => `feature${k + 1}`),
  );
  if (features.length !== width) throw argumentError('features', `${width} names`, features);
  const input = floats('input', options.input, lookback, features, length * lookback * width);
  const horizon = options.target ? horizonOf(options.target, length, width) : 0;
  const target = options.target && floats('target', options.target, horizon, features);
  const label = options.label && labelsOf(options.label, length);
  const shape: BatchShape = {
    input: lookback * width,
    ...(target && { target: horizon * width }),
    ...(label && { label: 1 }),
  };

  return {
    length,
    features,
    spec: { lookback, horizon, shift: 0, stride: 1, maxGap: Infinity, minRows: lookback, anchor: 'start' },
    series: [],
    batch(indices, into) {
      const batch = batchOf(shape, indices.length, into);
      for (let slot = 0; slot < indices.length; slot++) {
        const index = indexAt(indices, slot, length);
        batch.input.set(slice(input, index, shape.input), slot * shape.input);
        if (target) batch.target?.set(slice(target, index, horizon * width), slot * horizon * width);
        if (label && batch.label) batch.label[slot] = label[index]!;
      }
      return batch;
    },
    origin(index): WindowOrigin {
      checkIndex('index', index, length);
      const series: Series = {
        id: `window ${index}`,
        features,
        time: Float64Array.from({ length: lookback }, (_, step) => step),
        values: slice(input, index, shape.input),
        ...(label && { labels: new Uint8Array(lookback).fill(label[index] === 0 ? 0 : 1) }),
      };
      return { series, entity: index, row: 0, padding: 0 };
    },
  };
}

function checkShape(shape: ArrayWindowsOptions['shape']): ArrayWindowsOptions['shape'] {
  if (!Array.isArray(shape) || shape.length !== 3) {
    throw argumentError('shape', '[windows, timesteps, features]', shape);
  }
  checkInteger('shape[0]', shape[0], { min: 0 });
  checkInteger('shape[1]', shape[1], { min: 1 });
  checkInteger('shape[2]', shape[2], { min: 1 });
  return shape;
}

function horizonOf(target: ArrayLike<number>, length: number, width: number): number {
  const horizon = length === 0 ? 1 : target.length / (length * width);
  if (Number.isInteger(horizon) && horizon > 0) return horizon;
  throw argumentError('target', `[${length}, horizon, ${width}], row-major`, target);
}

function labelsOf(labels: ArrayLike<number>, length: number): Float32Array {
  const column = Float32Array.from(checkNumberColumn('label', labels, length));
  const wrong = column.findIndex((label) => !Number.isFinite(label));
  if (wrong < 0) return column;
  throw argumentError(`label[${wrong}]`, 'a number that is finite in float32', labels[wrong]);
}

function slice(array: Float32Array, index: number, length: number): Float32Array {
  return array.subarray(index * length, (index + 1) * length);
}

function floats(
  argument: string,
  values: ArrayLike<number>,
  steps: number,
  features: readonly string[],
  length?: number,
): Float32Array {
  const column = checkNumberColumn(argument, values, length);
  const rounded = column instanceof Float32Array ? column : Float32Array.from(column);
  const cell = rounded.findIndex((value) => !Number.isFinite(value));
  if (cell < 0) return rounded;
  const row = Math.floor(cell / features.length);
  const place = {
    window: Math.floor(row / steps),
    step: row % steps,
    feature: features[cell % features.length]!,
  };
  throw new RetraceError(
    'RETRACE_NOT_FINITE',
    `Window ${place.window} of \`${argument}\` must have a number that is finite in float32 at step ${place.step} as ` +
      `'${place.feature}'. Received: ${column[cell]}. Drop the window, or cut windows from series, which may have missing cells.`,
    { argument, ...place, received: String(column[cell]) },
  );
}

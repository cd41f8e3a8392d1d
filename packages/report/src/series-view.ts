import { argumentError, checkKeys, checkNumber } from '@retrace/errors';
import type { Anomaly } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';

/** A series as a chart shows it: what was measured, what the model retraced, and what was found. */
export interface SeriesView extends Series {
  /** The unit of each feature, such as `°C`; an empty string for none. */
  readonly units?: readonly string[];
  /** `[rows, features]`, in the units of `values`, `NaN` where no window covers the row. */
  readonly reconstruction?: Float32Array | Float64Array;
  /** What the legend calls the reconstruction, such as `prediction`. Default `reconstruction`. */
  readonly reconstructionName?: string;
  /** `[rows]`, `NaN` where there is none. */
  readonly score?: Float32Array | Float64Array;
  /** The score above which a row is anomalous: one for all, or `[rows]`, one for each. */
  readonly threshold?: number | Float32Array | Float64Array;
  /** The anomalies found, all within `time`. */
  readonly anomalies?: readonly Anomaly[];
}

const keys = [
  'id',
  'time',
  'features',
  'units',
  'values',
  'observed',
  'reconstruction',
  'reconstructionName',
  'score',
  'threshold',
  'anomalies',
  'labels',
];

// Beyond it the span of an axis, a difference of two values, would no longer be finite.
const largest = 1e300;

/**
 * Refuses a view that cannot be drawn truthfully.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` naming the part of `view` that is missing, of the wrong length, not finite,
 * or descending in time.
 */
export function checkSeriesView(argument: string, view: SeriesView): void {
  checkKeys(argument, view, keys);
  if (typeof view.id !== 'string') throw argumentError(`${argument}.id`, 'a string', view.id);
  const { time, features, units } = view;
  if (!(time instanceof Float64Array) || time.length === 0) {
    throw argumentError(`${argument}.time`, 'a Float64Array of at least one row', time);
  }
  const rows = time.length;
  for (let row = 0; row < rows; row++) {
    if (!(Math.abs(time[row]!) <= largest) || (row > 0 && time[row]! < time[row - 1]!)) {
      throw argumentError(`${argument}.time[${row}]`, 'finite and no earlier than the row before', time[row]);
    }
  }
  checkNames(`${argument}.features`, features);
  if (features.length === 0) throw argumentError(`${argument}.features`, 'at least one name', features);
  if (units !== undefined) {
    checkNames(`${argument}.units`, units);
    if (units.length !== features.length) {
      throw argumentError(`${argument}.units`, `${features.length} units, one per feature`, units);
    }
  }
  checkCells(`${argument}.values`, view.values, rows, features.length);
  if (view.reconstruction !== undefined) {
    checkCells(`${argument}.reconstruction`, view.reconstruction, rows, features.length);
  }
  const { reconstructionName = '' } = view;
  if (typeof reconstructionName !== 'string')
    throw argumentError(`${argument}.reconstructionName`, 'a string', reconstructionName);
  if (view.score !== undefined) checkCells(`${argument}.score`, view.score, rows, 1);
  if (ArrayBuffer.isView(view.threshold)) checkCells(`${argument}.threshold`, view.threshold, rows, 1);
  else if (view.threshold !== undefined) checkNumber(`${argument}.threshold`, view.threshold, range);
  if (view.labels !== undefined && view.labels?.length !== rows) {
    throw argumentError(`${argument}.labels`, `a Uint8Array of ${rows} rows`, view.labels);
  }
  if (view.anomalies !== undefined) checkAnomalies(`${argument}.anomalies`, view.anomalies, time);
}

const range = { min: -largest, max: largest };

function checkNames(argument: string, names: readonly string[]): void {
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw argumentError(argument, 'an array of strings', names);
  }
}

function checkCells(argument: string, cells: ArrayLike<number>, rows: number, width: number): void {
  if (!ArrayBuffer.isView(cells) || cells.length !== rows * width) {
    const size = width === 1 ? `${rows} rows` : `${rows} rows of ${width} features = ${rows * width} numbers`;
    throw argumentError(argument, `a Float32Array or Float64Array of ${size}`, cells);
  }
  for (let cell = 0; cell < cells.length; cell++) {
    if (Math.abs(cells[cell]!) > largest) {
      throw argumentError(`${argument}[${cell}]`, `at most ${largest} in magnitude, or NaN`, cells[cell]);
    }
  }
}

function checkAnomalies(argument: string, anomalies: readonly Anomaly[], time: Float64Array): void {
  if (!Array.isArray(anomalies)) throw argumentError(argument, 'an array', anomalies);
  for (const [index, anomaly] of anomalies.entries()) {
    const { start, end, peak, severity, blame } = Object(anomaly) as Partial<Anomaly>;
    checkNumber(`${argument}[${index}].start`, start, { min: time[0]!, max: time.at(-1)! });
    checkNumber(`${argument}[${index}].end`, end, { min: start!, max: time.at(-1)! });
    checkNumber(`${argument}[${index}].peak`, peak);
    checkNumber(`${argument}[${index}].severity`, severity);
    if (!Array.isArray(blame)) throw argumentError(`${argument}[${index}].blame`, 'an array', blame);
    for (const [place, entry] of blame.entries()) {
      const { feature, share } = Object(entry) as Partial<Anomaly['blame'][number]>;
      const path = `${argument}[${index}].blame[${place}]`;
      if (typeof feature !== 'string') throw argumentError(`${path}.feature`, 'a string', feature);
      checkNumber(`${path}.share`, share, { min: 0, max: 1 });
    }
  }
}

import { runs, type Series, type WindowOrigin, type Windows } from '@retrace/windowing';

const batchSize = 256;

/** The rows of one series that windows reach. */
interface Reached {
  readonly series: Series;
  /** `[rows, features]`, as the windows are scaled, `NaN` where missing or not reached. */
  readonly values: Float64Array;
  /** `[rows]`, 1 where a window reaches the row. */
  readonly rows: Uint8Array;
}

/**
 * Lays the windows a model was trained on back on rows: the series they were cut from, scaled as the windows are, in
 * pieces without a gap, and without the rows that no window reaches.
 *
 * @param features The names of the columns: windows that arrived as arrays have names of their own.
 */
export function trainingRuns(windows: Windows, features: readonly string[]): Series[] {
  const reached = new Map<number, Reached>();
  // Windows beside each other first, so that of a hundred that overlap one is gathered, then those at the ends.
  layOut(windows, reached, (rows) => rows[0] === 0);
  layOut(windows, reached, (rows) => rows.includes(0));
  return [...reached.values()].flatMap((each) => piecesOf(each, windows.spec.maxGap, features));
}

/** Lays out the windows that are `needed` by what is reached of their rows so far. */
function layOut(
  windows: Windows,
  reached: Map<number, Reached>,
  needed: (rows: Uint8Array) => boolean,
): void {
  let indices: number[] = [];
  const flush = () => {
    copyRows(windows, indices, reached);
    indices = [];
  };
  for (let index = 0; index < windows.length; index++) {
    const origin = windows.origin(index);
    const rows = rowsUnder(origin, reachedOf(origin, reached), windows).rows;
    if (!needed(rows)) continue;
    rows.fill(1);
    indices.push(index);
    if (indices.length === batchSize) flush();
  }
  flush();
}

function reachedOf({ entity, series }: WindowOrigin, reached: Map<number, Reached>): Reached {
  const known = reached.get(entity);
  if (known) return known;
  const rows = series.time.length;
  const values = new Float64Array(rows * series.features.length).fill(Number.NaN);
  const added = { series, values, rows: new Uint8Array(rows) };
  reached.set(entity, added);
  return added;
}

/** The part of `reached` under a window. */
function rowsUnder({ row, padding }: WindowOrigin, { values, rows }: Reached, { spec, features }: Windows) {
  const end = row + spec.lookback - padding;
  return {
    values: values.subarray(row * features.length, end * features.length),
    rows: rows.subarray(row, end),
  };
}

function copyRows(windows: Windows, indices: readonly number[], reached: Map<number, Reached>): void {
  const cells = windows.spec.lookback * windows.features.length;
  const { input, observed } = windows.batch(indices);
  for (const [slot, index] of indices.entries()) {
    const origin = windows.origin(index);
    const { values } = rowsUnder(origin, reachedOf(origin, reached), windows);
    const start = (slot + 1) * cells - values.length;
    for (let cell = 0; cell < values.length; cell++) {
      values[cell] = observed?.[start + cell] === 0 ? Number.NaN : input[start + cell]!;
    }
  }
}

/** The stretches of reached rows, each within one run. */
function piecesOf({ series, values, rows }: Reached, maxGap: number, features: readonly string[]): Series[] {
  const { id, time } = series;
  const width = features.length;
  const pieces: Series[] = [];
  for (const [from, to] of runs(series, maxGap)) {
    for (let start = from; start < to; ) {
      const end = rows[start] === 1 ? endOf(rows, start, to) : start + 1;
      if (rows[start] === 1) {
        const own = values.subarray(start * width, end * width);
        pieces.push({
          id,
          features,
          time: time.subarray(start, end),
          values: own,
          observed: Uint8Array.from(own, (value) => Number(!Number.isNaN(value))),
        });
      }
      start = end;
    }
  }
  return pieces;
}

/** The first row from `start` to `to` that is not reached. */
function endOf(rows: Uint8Array, start: number, to: number): number {
  const end = rows.indexOf(0, start);
  return end < 0 ? to : Math.min(end, to);
}

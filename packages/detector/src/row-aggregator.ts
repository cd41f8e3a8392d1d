/**
 * How the values of the windows that cover a row become one: their `'mean'` or `'median'`, or that of the `'first'`
 * window that covers it, in which it is among the last rows: it is final as soon as that window is there.
 */
export type RowAggregate = 'mean' | 'median' | 'first';

export const rowAggregates = ['mean', 'median', 'first'] as const;

export interface RowAggregatorOptions {
  /** The most rows that a window covers. */
  readonly steps: number;
  /** Values of a row. */
  readonly columns: number;
  /** Rows between the starts of windows. */
  readonly stride: number;
  readonly aggregate: RowAggregate;
}

/** Steps of one window, laid on rows. */
export interface LaidWindow {
  /** The row of the first step, after that of every window before. */
  readonly row: number;
  readonly steps: number;
  /** Where the first step's values are. */
  readonly at: number;
  /** From the values of one step to those of the next; 0 where all steps have the same. */
  readonly pitch: number;
}

/** Turns overlapping windows into rows while they come, and gives each row out once no later window can change it. */
export interface RowAggregator {
  /** Lays the steps of a window on their rows; a NaN makes its row's cell NaN. */
  add(values: Float32Array, window: LaidWindow): void;
  /** The row before which all are settled: given out, or of no window. */
  settled(): number;
  /** Gives out the rows that wait for further windows: at the end of a run, or of the series. */
  finish(): void;
}

/** Receives a row that is final: its values, to be copied, and the number of windows they are made of. */
export type FinalRow = (row: number, values: Float64Array, coverage: number) => void;

/**
 * Makes an aggregator for the windows of one series, in the order in which they begin.
 *
 * It holds `steps` rows; for the median all values of those.
 */
export function createRowAggregator(options: RowAggregatorOptions, give: FinalRow): RowAggregator {
  const { steps: span, columns, aggregate } = options;
  const cell = cellsOf(options);
  const counts = new Uint32Array(span);
  const values = new Float64Array(columns);
  let next = 0; // the first row that was not given out
  let end = 0; // the row after the last that is covered

  const giveUpTo = (bound: number) => {
    for (; next < Math.min(bound, end); next++) {
      const slot = next % span;
      if (counts[slot] === 0) continue;
      for (let k = 0; k < columns; k++) values[k] = cell.value(slot, k, counts[slot]!);
      give(next, values, counts[slot]!);
      counts[slot] = 0;
    }
  };
  return {
    add(source, { row: first, steps, at, pitch }) {
      giveUpTo(first);
      next = Math.max(next, first);
      for (let row = next; row < first + steps; row++) {
        const slot = row % span;
        const from = at + (row - first) * pitch;
        for (let k = 0; k < columns; k++) cell.add(slot, k, counts[slot]!, source[from + k]!);
        counts[slot]!++;
      }
      end = Math.max(end, first + steps);
      if (aggregate === 'first') giveUpTo(end);
    },
    settled: () => next,
    finish: () => giveUpTo(end),
  };
}

/** What is held of the values laid on each cell of `[steps, columns]`. */
interface Cells {
  add(slot: number, k: number, count: number, value: number): void;
  value(slot: number, k: number, count: number): number;
}

function cellsOf({ steps, columns, stride, aggregate }: RowAggregatorOptions): Cells {
  if (aggregate === 'median') {
    // One more than the stride alone would give: the window that is flush with the end of a run.
    const most = Math.ceil(steps / stride) + 1;
    const held = new Float32Array(steps * columns * most);
    const start = (slot: number, k: number) => (slot * columns + k) * most;
    return {
      add: (slot, k, count, value) => {
        held[start(slot, k) + count] = value;
      },
      value: (slot, k, count) => medianOf(held.subarray(start(slot, k), start(slot, k) + count)),
    };
  }
  const sums = new Float64Array(steps * columns);
  return {
    add: (slot, k, count, value) => {
      const cell = slot * columns + k;
      sums[cell] = count === 0 ? value : sums[cell]! + value;
    },
    value: (slot, k, count) => sums[slot * columns + k]! / count,
  };
}

function medianOf(values: Float32Array): number {
  values.sort();
  // NaN sorts last.
  if (Number.isNaN(values.at(-1))) return Number.NaN;
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half]! : (values[half - 1]! + values[half]!) / 2;
}

import { checkInteger, checkNumberColumn } from '@retrace/errors';

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
  /** Lays the steps of a window on their rows; a NaN makes its row's cell NaN. Every later window begins after this one. */
  add(values: Float32Array, window: LaidWindow): void;
  /** Gives out the rows before row `before`, where every later window begins at it or after: `Infinity` at the end of a run. */
  settle(before: number): void;
  /** The row before which all are settled: given out, or of no window. */
  settled(): number;
  /** What to go on from, as numbers. */
  memory(): number[];
}

/** Receives a row that is final: its values, to be copied, and the number of windows they are made of. */
export type FinalRow = (row: number, values: Float64Array, coverage: number) => void;

/**
 * Makes an aggregator for the windows of one series, in the order in which they begin.
 *
 * It holds `steps` rows; for the median all values of those.
 *
 * @param memory That of another aggregator, to go on from.
 * @throws `RETRACE_INVALID_ARGUMENT` for a memory that is not of such an aggregator.
 */
export function createRowAggregator(
  options: RowAggregatorOptions,
  give: FinalRow,
  memory: readonly number[] = [0, 0],
): RowAggregator {
  const { steps: span, columns, aggregate } = options;
  const cell = cellsOf(options);
  const counts = new Uint32Array(span);
  const values = new Float64Array(columns);
  // The first row that was not given out, and the row after the last that is covered.
  let [next, end] = recall();

  const giveUpTo = (bound: number) => {
    for (; next < Math.min(bound, end); next++) {
      const slot = next % span;
      if (counts[slot] === 0) continue;
      for (let k = 0; k < columns; k++) values[k] = cell.value(slot, k, counts[slot]!);
      give(next, values, counts[slot]!);
      counts[slot] = 0;
    }
  };

  function recall(): [number, number] {
    const first = checkInteger('memory[0]', memory[0], { min: 0 });
    const last = checkInteger('memory[1]', memory[1], { min: first, max: first + span });
    const perRow = 1 + cell.of(0).length;
    checkNumberColumn('memory', memory, 2 + (last - first) * perRow);
    for (let row = first, at = 2; row < last; row++, at += perRow) {
      counts[row % span] = checkInteger(`memory[${at}]`, memory[at], { min: 0, max: mostWindows(options) });
      cell.of(row % span).set(memory.slice(at + 1, at + perRow));
    }
    return [first, last];
  }
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
      giveUpTo(aggregate === 'first' ? end : first + 1);
    },
    settle: giveUpTo,
    settled: () => next,
    memory() {
      const numbers = [next, end];
      for (let row = next; row < end; row++) {
        numbers.push(counts[row % span]!);
        for (const value of cell.of(row % span)) numbers.push(value);
      }
      return numbers;
    },
  };
}

/** What is held of the values laid on each cell of `[steps, columns]`. */
interface Cells {
  add(slot: number, k: number, count: number, value: number): void;
  value(slot: number, k: number, count: number): number;
  /** All that is held of a row: a view. */
  of(slot: number): Float64Array | Float32Array;
}

/** The most windows that cover a row: one more than the stride gives, the one that is flush with the end of a run. */
function mostWindows({ steps, stride }: Pick<RowAggregatorOptions, 'steps' | 'stride'>): number {
  return Math.ceil(steps / stride) + 1;
}

function cellsOf({ steps, columns, stride, aggregate }: RowAggregatorOptions): Cells {
  if (aggregate === 'median') {
    const most = mostWindows({ steps, stride });
    const held = new Float32Array(steps * columns * most);
    const start = (slot: number, k: number) => (slot * columns + k) * most;
    return {
      add: (slot, k, count, value) => {
        held[start(slot, k) + count] = value;
      },
      value: (slot, k, count) => medianOf(held.subarray(start(slot, k), start(slot, k) + count)),
      of: (slot) => held.subarray(start(slot, 0), start(slot + 1, 0)),
    };
  }
  const sums = new Float64Array(steps * columns);
  return {
    add: (slot, k, count, value) => {
      const cell = slot * columns + k;
      sums[cell] = count === 0 ? value : sums[cell]! + value;
    },
    value: (slot, k, count) => sums[slot * columns + k]! / count,
    of: (slot) => sums.subarray(slot * columns, (slot + 1) * columns),
  };
}

function medianOf(values: Float32Array): number {
  values.sort();
  // NaN sorts last.
  if (Number.isNaN(values.at(-1))) return Number.NaN;
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half]! : (values[half - 1]! + values[half]!) / 2;
}

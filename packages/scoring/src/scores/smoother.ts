import { argumentError, checkNumbers } from '@retrace/errors';
import type { Smoothing } from './smoothing.ts';

/** Smooths the contributions of rows, `[columns]` each, one by one. */
export interface Smoother {
  /** Replaces the contributions of a row that has a score by smoothed ones, which sum to its smoothed score. */
  smooth(cells: Float64Array): void;
  /** Forgets the rows before, as at the start of a run. */
  restart(): void;
  /** What to go on from: some numbers, none at the start of a run. */
  memory(): number[];
}

/**
 * Makes a smoother, or what leaves rows as they are, that goes on from the `memory` of another, or is at the start of a run.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a memory that is not of such a smoother.
 */
export function createSmoother(
  smoothing: Smoothing | undefined,
  columns: number,
  memory: readonly number[] = [],
): Smoother {
  if (!smoothing) return noSmoother(memory);
  return smoothing.kind === 'ewma'
    ? ewmaSmoother(smoothing.halfLife, columns, memory)
    : medianSmoother(smoothing.rows, columns, memory);
}

/**
 * The exponentially weighted mean, its weights starting at the first row of the run (bias-corrected: the first is
 * unchanged): `ewm(halflife, adjust=True, ignore_na=True).mean()` of pandas. Its memory is the sum of the weights and the
 * weighted sums.
 */
function ewmaSmoother(halfLife: number, columns: number, memory: readonly number[]): Smoother {
  const decay = 0.5 ** (1 / halfLife);
  const sums = new Float64Array(columns);
  let weight = 0;
  if (!Array.isArray(memory) || memory.length > 0) {
    const [first, ...others] = checkNumbers('memory', memory, columns + 1, { min: 0 });
    weight = first!;
    sums.set(others);
  }
  return {
    smooth(cells) {
      weight = 1 + decay * weight;
      for (let column = 0; column < columns; column++) {
        sums[column] = cells[column]! + decay * sums[column]!;
        cells[column] = sums[column]! / weight;
      }
    },
    restart() {
      weight = 0;
      sums.fill(0);
    },
    memory: () => (weight === 0 ? [] : [weight, ...sums]),
  };
}

/**
 * The median of the scores of the last rows, fewer at the start of the run: `rolling(rows, min_periods=1).median()` of
 * pandas. Its contributions are those of the row whose score it is, or the mean of two rows' where their number is even.
 * Its memory is the contributions of those rows.
 */
function medianSmoother(rows: number, columns: number, memory: readonly number[]): Smoother {
  if (!Array.isArray(memory) || memory.length % columns !== 0 || memory.length > rows * columns) {
    throw argumentError('memory', `the contributions of at most ${rows} rows of ${columns} columns`, memory);
  }
  const numbers = checkNumbers('memory', memory, memory.length, { min: 0 });
  const past: { readonly score: number; readonly cells: Float64Array }[] = [];
  const remember = (cells: Float64Array) => {
    past.push({ score: cells.reduce((sum, value) => sum + value, 0), cells });
    if (past.length > rows) past.shift();
  };
  for (let at = 0; at < numbers.length; at += columns)
    remember(Float64Array.from(numbers.slice(at, at + columns)));
  return {
    smooth(cells) {
      remember(cells.slice());
      const ranked = past.toSorted((a, b) => a.score - b.score);
      const low = ranked[(ranked.length - 1) >> 1]!.cells;
      const high = ranked[ranked.length >> 1]!.cells;
      for (let column = 0; column < columns; column++) cells[column] = (low[column]! + high[column]!) / 2;
    },
    restart() {
      past.length = 0;
    },
    memory: () => past.flatMap(({ cells }) => [...cells]),
  };
}

function noSmoother(memory: readonly number[]): Smoother {
  if (!Array.isArray(memory) || memory.length > 0)
    throw argumentError('memory', 'an empty array, as nothing is smoothed', memory);
  return { smooth: () => {}, restart: () => {}, memory: () => [] };
}

import type { Series } from './series.ts';

/**
 * What a cell of the grid becomes: the `'last'` value observed up to its moment, the `'mean'` of those since the moment
 * before, what lies `'linear'`ly between the values around it, or, with `'none'`, the last value since the moment before.
 * A cell for which the rule finds nothing is missing.
 */
export type ResampleRule = 'last' | 'mean' | 'linear' | 'none';

/** The run of rows `[from, to)` and the moments of the grid, first to last, that stand for them. */
export interface GridRun {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** The least index i with `time <= i * every`, though the quotient is rounded. */
export function gridIndex(time: number, every: number): number {
  const index = Math.ceil(time / every);
  return (index - 1) * every >= time ? index - 1 : index;
}

/** The arrays of a grid: `[rows]`, `[rows, features]` full of NaN, `[rows, features]` and `[rows]` of 0. */
export interface GridArrays {
  readonly time: Float64Array;
  readonly values: Float64Array;
  readonly measured: Uint8Array;
  readonly labels?: Uint8Array;
}

/** Fills the moments of one run of rows, the first of which is row `at` of the grid. */
export function resampleRun(
  series: Series,
  run: GridRun,
  every: number,
  rules: readonly ResampleRule[],
  grid: GridArrays,
  at: number,
): void {
  const { time, features, labels } = series;
  const rows = run.last - run.first + 1;
  /** `[rows of the run]`, the row of the grid that stands for each. */
  const places = new Uint32Array(run.to - run.from);
  for (let i = 0; i < places.length; i++) places[i] = at + gridIndex(time[run.from + i]!, every) - run.first;
  for (let i = 0; i < rows; i++) grid.time[at + i] = (run.first + i) * every;
  for (let k = 0; k < features.length; k++) {
    const rule = rules[k]!;
    gatherCells(series, run, places, k, rule, grid);
    if (rule === 'last') carryForward(grid, at, rows, features.length, k);
    if (rule === 'linear') interpolate(series, run, grid, at, rows, k);
  }
  if (labels && grid.labels) layLabels(labels, run, places, grid.labels, at, rows);
}

/** Writes what was observed in the interval of each moment: the mean of it, or the last. */
function gatherCells(
  { features, values, observed }: Series,
  run: GridRun,
  places: Uint32Array,
  k: number,
  rule: ResampleRule,
  grid: GridArrays,
): void {
  const width = features.length;
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const source = (run.from + i) * width + k;
    if (places[i] !== places[i - 1]) count = 0;
    if (observed?.[source] === 0) continue;
    const cell = places[i]! * width + k;
    const value = values[source]!;
    count++;
    grid.values[cell] =
      rule === 'mean' && count > 1 ? grid.values[cell]! + (value - grid.values[cell]!) / count : value;
    grid.measured[cell] = 1;
  }
}

function carryForward({ values }: GridArrays, at: number, rows: number, width: number, k: number): void {
  for (let row = at + 1; row < at + rows; row++) {
    const cell = row * width + k;
    if (Number.isNaN(values[cell])) values[cell] = values[cell - width]!;
  }
}

/** Writes, at every moment of the grid, the value on the line between the rows observed around it. */
function interpolate(
  { time, features, values, observed }: Series,
  run: GridRun,
  grid: GridArrays,
  at: number,
  rows: number,
  k: number,
): void {
  const width = features.length;
  const isSeen = (row: number) => observed?.[row * width + k] !== 0;
  let [before, after] = [-1, run.from];
  for (let row = at; row < at + rows; row++) {
    const moment = grid.time[row]!;
    for (; after < run.to && (!isSeen(after) || time[after]! <= moment); after++)
      if (isSeen(after)) before = after;
    grid.values[row * width + k] = Number.NaN;
    if (before < 0) continue;
    const left = values[before * width + k]!;
    const start = time[before]!;
    if (start === moment) grid.values[row * width + k] = left;
    else if (after < run.to) {
      const weight = (moment - start) / (time[after]! - start);
      grid.values[row * width + k] = left * (1 - weight) + values[after * width + k]! * weight;
    }
  }
}

function layLabels(
  labels: Uint8Array,
  run: GridRun,
  places: Uint32Array,
  grid: Uint8Array,
  at: number,
  rows: number,
): void {
  let i = 0;
  for (let row = at; row < at + rows; row++) {
    if (places[i] !== row) {
      grid[row] = grid[row - 1] ?? 0;
      continue;
    }
    for (; places[i] === row; i++) if (labels[run.from + i] === 1) grid[row] = 1;
  }
}

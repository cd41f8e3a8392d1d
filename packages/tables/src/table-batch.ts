import type { Header } from './header.ts';
import type { TableLimits } from './limits.ts';
import type { ReadSeriesOptions } from './read-series-options.ts';
import type { TableProblems } from './table-problems.ts';
import type { OpenTable } from './table-source.ts';

/** One cell: text, a number, a truth; null or NaN where it is missing. */
export type Cell = string | number | bigint | boolean | null | undefined;

/** Cells of a column that a format knows to be moments in time. */
export interface Moments {
  /** Milliseconds since the epoch, microseconds and nanoseconds as fractions; NaN where missing. */
  readonly milliseconds: Float64Array;
  /** Whether they are moments the world over; otherwise what a local clock showed. */
  readonly zoned: boolean;
}

/** The cells of one column. */
export type Cells = ArrayLike<Cell> | Moments;

/** Some rows of a table, one after the other. */
export interface TableBatch {
  /** `[rows]`, where in the file each row is: its line in text, its number in a binary format, from 1. */
  readonly lines: ArrayLike<number>;
  /** Returns the cells, `[rows]`, of the column at a position that was asked for. */
  column(position: number): Cells;
}

/** What a format's reader is given. */
export interface TableInput {
  readonly table: OpenTable;
  readonly options: ReadSeriesOptions;
  readonly limits: Required<TableLimits>;
  /** Takes the rows that are none. */
  readonly problems: TableProblems;
  readonly onWarning: (message: string) => void;
}

/**
 * Reads a table of one format: tells `begin` the columns, learns from it the positions of those that are wanted, and
 * then gives the rows in the order of the file.
 */
export type TableReader = (
  input: TableInput,
  begin: (header: Header) => readonly number[],
) => AsyncIterable<TableBatch>;

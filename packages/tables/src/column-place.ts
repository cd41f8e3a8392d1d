import type { TableProblems } from './table-problems.ts';

/** What the reader of a column needs to tell of its faults. */
export interface ColumnPlace {
  readonly name: string;
  readonly problems: TableProblems;
}

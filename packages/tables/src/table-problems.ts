import type { ErrorCode } from '@retrace/errors';
import { quoteName, tableError } from './table-error.ts';

/** One kind of fault in one column of a table, and how often it occurs. */
export interface TableProblem {
  readonly code: ErrorCode;
  /** Where it occurs first: the line of the file, or the number of the row in a binary format, from 1. */
  readonly row: number;
  /** The column; none for a fault of the whole row. */
  readonly column?: string;
  /** The first cell, as text, where there is one. */
  readonly cell?: string;
  /** In how many rows it occurs. */
  readonly count: number;
  /** What is wrong in the first row, and what to do about it. */
  readonly message: string;
}

/** A fault in one row, or the first of `count` alike. */
export interface Fault {
  readonly code: ErrorCode;
  readonly row: number;
  readonly column?: string;
  readonly message: string;
  /** Goes into `details` beside the place: the cell, or what was expected and received. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly count?: number;
}

/** The faults after which reading is given up: the table is of another kind than the options say. */
const ENOUGH = 100_000;

const SHOWN = 3;

const NAMES: Readonly<Record<string, string>> = {
  RETRACE_TABLE_NUMBER: 'cells that are no numbers',
  RETRACE_TABLE_MISSING: 'missing cells',
  RETRACE_TABLE_TIME: 'times that are none',
  RETRACE_TABLE_LABEL: 'labels that are none',
  RETRACE_TABLE_FIELDS: 'rows of another width',
  RETRACE_TABLE_JSON: 'lines that are not one JSON object',
};

/**
 * Gathers the faults of a table's cells and rows, so that all are told together. Memory is bounded by the number of
 * columns: of each kind in each column only the first is kept, and counted.
 */
export class TableProblems {
  readonly #file: string;
  readonly #kinds = new Map<string, Fault & { count: number }>();
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  add(fault: Fault): void {
    const { code, column = '', count = 1 } = fault;
    this.#count += count;
    const key = `${code} ${column}`;
    const kind = this.#kinds.get(key);
    if (!kind) this.#kinds.set(key, { ...fault, count });
    else if (fault.row < kind.row) this.#kinds.set(key, { ...fault, count: kind.count + count });
    else kind.count += count;
  }

  /** Whether to read on: no longer once there are 100,000 faults. */
  get enough(): boolean {
    return this.#count >= ENOUGH;
  }

  /** Throws, if there is any, the error of the first fault; `details.problems` has all of them. */
  refuse(): void {
    const kinds = [...this.#kinds.values()].sort((a, b) => a.row - b.row);
    const [first, ...others] = kinds;
    if (!first) return;
    const { code, row, column, message, more, count } = first;
    const place = { file: this.#file, row, ...(column !== undefined && { column }) };
    const sentences = [
      message,
      ...(count > 1 ? [`More like it: ${this.enough ? 'at least ' : ''}${count - 1}.`] : []),
      ...(others.length > 0 ? [`Also: ${listOf(others)}.`] : []),
      ...(this.enough ? ['Reading was given up.'] : []),
    ];
    throw tableError(code, place, sentences.join(' '), { ...more, problems: kinds.map(problemOf) });
  }
}

function problemOf({ code, row, column, message, more, count }: Fault & { count: number }): TableProblem {
  return { code, row, ...(column !== undefined && { column }), ...more, count, message };
}

function listOf(kinds: readonly (Fault & { count: number })[]): string {
  const shown = kinds.slice(0, SHOWN).map(({ code, row, column, count }) => {
    const where = column === undefined ? '' : ` in column ${quoteName(column)}`;
    return `${NAMES[code] ?? code}${where} (${count}, row ${row} first)`;
  });
  const left = kinds.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${left} kinds more` : ''}`;
}

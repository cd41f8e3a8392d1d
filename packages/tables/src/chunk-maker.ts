import { dropMissing } from './drop-missing.ts';
import type { Header } from './header.ts';
import type { TableLimits } from './limits.ts';
import type { ReadSeriesOptions } from './read-series-options.ts';
import type { RowChunk } from './row-chunk.ts';
import { settleFeatures } from './settle-features.ts';
import type { TableBatch } from './table-batch.ts';
import { TableBuilder } from './table-builder.ts';
import { tableError } from './table-error.ts';
import { layOut } from './table-layout.ts';
import { TableProblems } from './table-problems.ts';

export interface ChunkMakerOptions extends ReadSeriesOptions {
  readonly file: string;
  readonly limits: Required<TableLimits>;
  readonly onWarning: (message: string) => void;
}

/** The rows, and the cells of features, that are seen before it is decided which columns hold numbers. */
const SAMPLE_ROWS = 10_000;
const SAMPLE_CELLS = 2 ** 20;

/** Makes chunks of rows as numbers of the batches of a table. */
export class ChunkMaker {
  /** Takes the cells and rows that do not fit; refused with the next chunk. */
  readonly problems: TableProblems;
  readonly #options: ChunkMakerOptions;
  #table: TableBuilder | undefined;
  #settled = false;
  #kept = 0;

  constructor(options: ChunkMakerOptions) {
    this.problems = new TableProblems(options.file);
    this.#options = options;
  }

  /** Takes the columns, and returns the positions of those that batches must have. */
  begin(header: Header): readonly number[] {
    const { file, limits } = this.#options;
    this.#table = new TableBuilder(layOut(file, header, this.#options, limits, this.problems));
    return this.#table.positions;
  }

  /** Takes a batch; throws, if there have been enough, the error of the first problem. */
  add(batch: TableBatch): void {
    this.#table!.add(batch);
    if (this.problems.enough) this.problems.refuse();
  }

  /** Whether the rows so far suffice to tell which columns hold numbers; where they were chosen, any do. */
  get ready(): boolean {
    if (this.#settled || !this.#table) return this.#settled;
    const { rows, features, layout } = this.#table;
    return layout.chosen ? rows > 0 : rows >= SAMPLE_ROWS || rows * features.length >= SAMPLE_CELLS;
  }

  /** Returns the rows that came since the last chunk; none if there are none. Throws the first of the problems. */
  take(complete: boolean = false): RowChunk[] {
    const { onMissing, long, onWarning } = this.#options;
    const table = this.#table!;
    this.problems.refuse();
    if (!this.#settled) settleFeatures(table, { complete, onWarning });
    this.#settled = true;
    const taken = table.take();
    // An event without a value is none.
    const chunk = onMissing === 'drop' || long ? dropMissing(taken) : taken;
    this.#kept += chunk.time.length;
    return chunk.time.length > 0 ? [chunk] : [];
  }

  /**
   * Returns the last rows.
   *
   * @throws `RETRACE_TABLE_EMPTY` if there was no row, or if all were left out.
   */
  end(): RowChunk[] {
    const { file, long, onWarning } = this.#options;
    this.problems.refuse();
    const rows = this.#table?.rows ?? 0;
    if (rows === 0) throw tableError('RETRACE_TABLE_EMPTY', { file }, 'There is a header, but no row.');
    const last = this.take(true);
    const missing = long ? 'value' : 'feature';
    if (this.#kept === 0) {
      const message = `A ${missing} is missing in every row, and without those rows none is left.`;
      throw tableError('RETRACE_TABLE_EMPTY', { file }, message);
    }
    const dropped = rows - this.#kept;
    if (dropped > 0) onWarning(`Left out ${dropped} of ${rows} rows for a missing ${missing}.`);
    return last;
  }
}

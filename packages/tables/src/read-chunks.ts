import { dropMissing } from './drop-missing.ts';
import type { Header } from './header.ts';
import { completeLimits } from './limits.ts';
import { openFormat } from './open-format.ts';
import type { ReadSeriesOptions } from './read-series-options.ts';
import type { RowChunk } from './row-chunk.ts';
import { settleFeatures } from './settle-features.ts';
import { TableBuilder } from './table-builder.ts';
import { tableError } from './table-error.ts';
import { layOut } from './table-layout.ts';
import { TableProblems } from './table-problems.ts';
import { tableReaders } from './table-readers.ts';
import type { OpenTable } from './table-source.ts';

/** The rows, and the cells of features, that are seen before it is decided which columns hold numbers. */
const SAMPLE_ROWS = 10_000;
const SAMPLE_CELLS = 2 ** 20;

/**
 * Reads a table as chunks of rows, in the order of the file: as the source's pieces come, the first with enough rows
 * to tell the columns of numbers; or one chunk of the `whole`. Problems of cells and rows are told together, those of
 * one chunk at once.
 *
 * @throws What `readSeries` is documented to throw.
 */
export async function* readChunks(
  opened: OpenTable,
  options: ReadSeriesOptions & { readonly onWarning: (message: string) => void },
  { whole }: { whole: boolean },
): AsyncGenerator<RowChunk> {
  const { file } = opened;
  const { onWarning } = options;
  const limits = completeLimits(options.limits);
  const problems = new TableProblems(file);
  const { format, table } = await openFormat(opened, options, limits);
  let builder: TableBuilder | undefined;
  const begin = (header: Header): readonly number[] => {
    builder = new TableBuilder(layOut(file, header, options, limits, problems));
    return builder.positions;
  };
  let kept = 0;
  const take = (rows: TableBuilder): RowChunk[] => {
    problems.refuse();
    const taken = rows.take();
    // An event without a value is none.
    const dropping = options.onMissing === 'drop' || options.long !== undefined;
    const chunk = dropping ? dropMissing(taken) : taken;
    kept += chunk.time.length;
    return chunk.time.length > 0 ? [chunk] : [];
  };
  let settled = false;
  const input = { table, options, limits, problems, onWarning };
  for await (const batch of tableReaders[format](input, begin)) {
    const rows = builder!;
    rows.add(batch);
    if (problems.enough) problems.refuse();
    if (whole || (!settled && !hasSample(rows))) continue;
    problems.refuse();
    if (!settled) settleFeatures(rows, { complete: false, onWarning });
    settled = true;
    yield* take(rows);
  }
  problems.refuse();
  if (!builder || builder.rows === 0)
    throw tableError('RETRACE_TABLE_EMPTY', { file }, 'There is a header, but no row.');
  if (!settled) settleFeatures(builder, { complete: true, onWarning });
  const last = take(builder);
  const dropped = builder.rows - kept;
  if (kept === 0) {
    const message = options.long
      ? 'The value is missing in every row.'
      : "A feature is missing in every row, so `onMissing: 'drop'` leaves none.";
    throw tableError('RETRACE_TABLE_EMPTY', { file }, message);
  }
  if (dropped > 0)
    onWarning(
      `Left out ${dropped} of ${builder.rows} rows for a missing ${options.long ? 'value' : 'feature'}.`,
    );
  yield* last;
}

/** Whether the rows so far suffice to tell which columns hold numbers; where they were chosen, any do. */
function hasSample({ rows, features, layout }: TableBuilder): boolean {
  return layout.chosen ? rows > 0 : rows >= SAMPLE_ROWS || rows * features.length >= SAMPLE_CELLS;
}

import type { Series } from '@retrace/windowing';
import { cutSeries } from './cut-series.ts';
import { readChunks } from './read-chunks.ts';
import { checkReadSeriesOptions, type ReadSeriesOptions } from './read-series-options.ts';
import { StepsBack } from './steps-back.ts';
import { openTable, type TableSource } from './table-source.ts';

/**
 * Reads a table as it comes, in constant memory: a source of any length gives one short series after the other, whose
 * rows are, for each entity, those of the file in the order of the file.
 *
 * Each series holds rows of one entity that follow each other in one piece of the source, in ascending time: where
 * time steps back, a new one begins, and `onWarning` is told once. Nothing is sorted. Without a `time` column the rows
 * of each entity are counted through the whole file. Besides the rows at hand, memory holds the names of the entities.
 *
 * Unless `features` lists them, the features are the columns that hold a number in the first pieces of the source, of
 * at least 10,000 rows or 2^20 cells; no series comes before these are read. A text in one of them later is
 * `RETRACE_TABLE_NUMBER`. Likewise, a `delimiter` to be detected waits for 128 Ki characters: tell both where rows come
 * one by one.
 *
 * @throws While reading, what {@link readSeries} throws; the problems of one piece of the source together, after the
 *   rows of the pieces before it.
 */
export async function* readRows(
  source: TableSource,
  options: ReadSeriesOptions = {},
): AsyncGenerator<Series, void, undefined> {
  checkReadSeriesOptions(options);
  const table = openTable(source);
  const onWarning = (message: string): void => options.onWarning?.(`${table.file}: ${message}`);
  const stepsBack = new StepsBack(onWarning);
  for await (const chunk of readChunks(table, { ...options, onWarning }, { whole: false })) {
    stepsBack.look(chunk);
    yield* cutSeries(chunk);
  }
}

import { argumentError } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import { cutSeries } from './cut-series.ts';
import { EventRows } from './event-rows.ts';
import { isEvents } from './long-form.ts';
import { readChunks } from './read-chunks.ts';
import { checkReadSeriesOptions, type ReadSeriesOptions } from './read-series-options.ts';
import type { RowChunk } from './row-chunk.ts';
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
 * In long form `features` must be listed; events of one entity at one time are one row only where they follow each other
 * in the file.
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
  const cut = (chunk: RowChunk): Iterable<Series> => {
    stepsBack.look(chunk);
    return cutSeries(chunk);
  };
  const events = options.long && eventRows(options);
  for await (const chunk of readChunks(table, { ...options, onWarning, whole: false }))
    yield* cut(events && isEvents(chunk) ? events.push(chunk) : chunk);
  if (events) yield* cut(events.end());
}

function eventRows({ features, long }: ReadSeriesOptions): EventRows {
  if (!features)
    throw argumentError(
      'features',
      'given: rows are made of events before all parameters are known',
      features,
    );
  return new EventRows(features.map(String), long?.repeated);
}

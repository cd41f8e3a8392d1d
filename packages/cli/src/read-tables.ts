import { realpath } from 'node:fs/promises';
import { type ReadSeriesOptions, readSeries } from '@retrace/tables';
import type { Series } from '@retrace/windowing';
import { commandLineError } from './command-line-error.ts';
import { joinTables, type ReadTable } from './join-tables.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Reads tables, one after the other, into series.
 *
 * With `by`, the rows of one entity are one series, whichever tables they stand in; without it each table is one.
 *
 * @throws `RETRACE_COMMAND_LINE` if a table is named twice, or an entity is in two tables whose rows have no time;
 *   `RETRACE_FEATURES` if the tables differ in features; what `readSeries` throws; the reason of `signal`.
 */
export async function readTables(
  paths: readonly string[],
  options: ReadSeriesOptions,
  signal?: AbortSignal,
): Promise<Series[]> {
  await refuseDoubles(paths);
  const tables: ReadTable[] = [];
  for (const path of paths) {
    tables.push({ path, series: await untilAborted(readSeries(path, options), signal) });
  }
  return joinTables(tables, options);
}

async function refuseDoubles(paths: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  for (const path of paths) {
    const real = await realpath(path).catch(() => path);
    if (seen.has(real))
      throw commandLineError(`The table ${path} is given twice. Give it once.`, { file: path });
    seen.add(real);
  }
}

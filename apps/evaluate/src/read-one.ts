import { type ReadSeriesOptions, readSeries } from '@retrace/tables';
import type { Series } from '@retrace/windowing';

/** Reads a table of one series. */
export async function readOne(path: string, id: string, options: ReadSeriesOptions = {}): Promise<Series> {
  const [series] = await readSeries(path, options);
  return { ...series!, id };
}

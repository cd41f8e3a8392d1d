import { ChunkMaker } from './chunk-maker.ts';
import { letGo } from './first-bytes.ts';
import { completeLimits } from './limits.ts';
import { openFormat } from './open-format.ts';
import type { ReadSeriesOptions } from './read-series-options.ts';
import type { RowChunk } from './row-chunk.ts';
import { tableReaders } from './table-readers.ts';
import type { OpenTable } from './table-source.ts';

export interface ReadChunksOptions extends ReadSeriesOptions {
  readonly onWarning: (message: string) => void;
  /** Whether the whole table is one chunk; otherwise they come as the pieces of the source do. */
  readonly whole: boolean;
}

/**
 * Reads a table as chunks of rows, in the order of the file; the first has enough of them to tell which columns hold
 * numbers. Problems of cells and rows are told together, those of one chunk at once.
 *
 * @throws What `readSeries` is documented to throw.
 */
export async function* readChunks(
  opened: OpenTable,
  { whole, ...options }: ReadChunksOptions,
): AsyncGenerator<RowChunk> {
  const limits = completeLimits(options.limits);
  const { format, table } = await openFormat(opened, options, limits);
  try {
    const maker = new ChunkMaker({ ...options, limits, file: table.file });
    const input = { table, options, limits, problems: maker.problems, onWarning: options.onWarning };
    for await (const batch of tableReaders[format](input, (header) => maker.begin(header))) {
      maker.add(batch);
      if (!whole && maker.ready) yield* maker.take();
    }
    yield* maker.end();
  } finally {
    await letGo(table.bytes);
  }
}

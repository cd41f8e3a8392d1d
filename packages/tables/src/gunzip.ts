import { isRetraceError } from '@retrace/errors';
import { firstBytes } from './first-bytes.ts';
import { checkBytes, type TableLimits } from './limits.ts';
import { tableError } from './table-error.ts';
import type { OpenTable } from './table-source.ts';

/** A small file may shrink by any factor: its ratio is looked at from here on. */
const RATIO_FROM_BYTES = 2 ** 24;

/**
 * Decompresses a table that begins with gzip's magic bytes and passes any other on, at most `limits.bytes` of it.
 *
 * Concatenated members are read as one in Node; browsers' DecompressionStream refuses what follows the first.
 *
 * @throws While reading, `RETRACE_TABLE_COMPRESSION` if the data is cut short or damaged; `RETRACE_TABLE_LIMIT` if it
 *   expands beyond `limits.bytes` or `limits.ratio`.
 */
export async function* gunzip(
  table: OpenTable,
  limits: Required<Pick<TableLimits, 'bytes' | 'ratio'>>,
): AsyncGenerator<Uint8Array> {
  const { file } = table;
  const { first, bytes } = await firstBytes(table.bytes, 2);
  const compressed = first[0] === 0x1f && first[1] === 0x8b;
  let taken = 0;
  let given = 0;
  const counted = countBytes(bytes, (count) => {
    taken += count;
  });
  for await (const piece of compressed ? decompress(file, counted) : counted) {
    given += piece.length;
    checkBytes(given, limits, { file });
    if (compressed && given > RATIO_FROM_BYTES && given > taken * limits.ratio) {
      const message = `The gzip data expands more than ${limits.ratio} times, as a decompression bomb does. If it is to be trusted, raise \`limits.ratio\`.`;
      throw tableError('RETRACE_TABLE_LIMIT', { file }, message, { limit: 'ratio', allowed: limits.ratio });
    }
    yield piece;
  }
}

async function* countBytes(
  bytes: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    count(piece.length);
    yield piece;
  }
}

async function* decompress(file: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      // A copy, for DecompressionStream takes no views of shared memory.
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const reader = compressed.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    if (isRetraceError(cause)) throw cause;
    const message = 'The gzip data is cut short or damaged. Fetch or compress the file again.';
    throw tableError('RETRACE_TABLE_COMPRESSION', { file }, message, {}, cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

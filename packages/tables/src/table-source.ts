import { argumentError, isRetraceError } from '@retrace/errors';
import { accessNodeFile, readNodeFile } from './node-file.ts';
import { accessBlob, accessBytes, type RandomAccess } from './random-access.ts';
import { tableError } from './table-error.ts';

/**
 * Where a table comes from: a path (Node), a `file:` or `http(s):` URL, a `Blob` such as a dropped `File`, the
 * bytes themselves, or a stream of bytes such as a response's body.
 */
export type TableSource = string | URL | Blob | Uint8Array | ReadableStream<Uint8Array>;

/** An opened source: what errors call it, and its bytes, piece by piece, read once. */
export interface OpenTable {
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Opens the same bytes to be read in any order, where the source can be. */
  readonly randomAccess?: () => Promise<RandomAccess>;
}

/**
 * Opens a source. Nothing is read before the first piece is asked for.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if `source` is none of the kinds listed; `RETRACE_TABLE_SOURCE`, here or while
 *   reading, if it cannot be read.
 */
export function openTable(source: TableSource): OpenTable {
  if (typeof source === 'string') return openPath(source, source);
  if (source instanceof URL) return openUrl(source);
  if (source instanceof Uint8Array)
    return { file: 'input', bytes: pieces(source), randomAccess: async () => accessBytes(source) };
  if (source instanceof Blob) {
    const file = 'name' in source && typeof source.name === 'string' ? source.name : 'input';
    return { file, bytes: readStream(file, source.stream()), randomAccess: async () => accessBlob(source) };
  }
  if (source instanceof ReadableStream) return { file: 'input', bytes: readStream('input', source) };
  throw argumentError('source', 'a path, a URL, a Blob, a Uint8Array or a ReadableStream of bytes', source);
}

function openPath(file: string, path: string | URL): OpenTable {
  return { file, bytes: readNodeFile(file, path), randomAccess: () => accessNodeFile(file, path) };
}

function openUrl(url: URL): OpenTable {
  if (url.protocol === 'file:') return openPath(url.href, url);
  // Not the whole address: user, password and query may hold secrets, which errors must not spread.
  const file = `${url.protocol}//${url.host}${url.pathname}`;
  if (url.protocol === 'http:' || url.protocol === 'https:') return { file, bytes: readResponse(file, url) };
  const message = `A ${url.protocol} URL is not read; give file: or http(s):.`;
  throw tableError('RETRACE_TABLE_SOURCE', { file }, message);
}

async function* pieces(bytes: Uint8Array, size: number = 2 ** 18): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* readResponse(file: string, url: URL): AsyncGenerator<Uint8Array> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw tableError('RETRACE_TABLE_SOURCE', { file }, 'The server could not be reached.', {}, cause);
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const message = `The server answered ${response.status} ${response.statusText}`.trimEnd();
    throw tableError('RETRACE_TABLE_SOURCE', { file }, `${message}.`, { status: response.status });
  }
  yield* readStream(file, response.body);
}

async function* readStream(file: string, stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (stream.locked) throw argumentError('source', 'a stream that nobody else reads', stream);
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!(value instanceof Uint8Array)) throw argumentError('source', 'a stream of Uint8Array', value);
      yield value;
    }
  } catch (cause) {
    if (isRetraceError(cause)) throw cause;
    throw tableError('RETRACE_TABLE_SOURCE', { file }, 'The stream broke off before its end.', {}, cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

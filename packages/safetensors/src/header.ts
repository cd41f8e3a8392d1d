import { RetraceError } from '@retrace/errors';
import { createHeaderCursor, type HeaderCursor, quoted } from './header-cursor.ts';
import { type Dtype, dtypes } from './tensor.ts';

/** What a header says of one tensor: `begin` and `end` count bytes from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly TensorEntry[];
  readonly metadata: Record<string, string>;
}

/** The key of a header that holds metadata instead of a tensor. */
export const METADATA = '__metadata__';

/** Reads a header's text, every key and value of it, without yet comparing tensors with the data. */
export function parseHeader(text: string): Header {
  const cursor = createHeaderCursor(text);
  const entries: TensorEntry[] = [];
  const metadata: Record<string, string> = Object.create(null);
  cursor.object((name) => {
    if (name !== METADATA) {
      entries.push(readEntry(cursor, name));
      return;
    }
    cursor.object((key) => {
      metadata[key] = cursor.string();
    });
  });
  cursor.end();
  return { entries, metadata };
}

function readEntry(cursor: HeaderCursor, name: string): TensorEntry {
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  cursor.object((field) => {
    if (field === 'dtype') dtype = cursor.string();
    else if (field === 'shape') shape = cursor.integers();
    else if (field === 'data_offsets') offsets = cursor.integers();
    else
      throw cursor.error(`has an unknown field ${quoted(field)} in tensor ${quoted(name)}`, { tensor: name });
  });
  const [begin, end] = offsets ?? [];
  if (dtype === undefined || !shape || offsets?.length !== 2 || begin === undefined || end === undefined) {
    const problem = `lacks the dtype, the shape or the two data_offsets of tensor ${quoted(name)}`;
    throw cursor.error(problem, { tensor: name });
  }
  if (!isDtype(dtype)) {
    const message = `Tensor ${quoted(name)} has the dtype ${quoted(dtype)}. It can be one of ${dtypes.join(', ')}: convert it, or read it with the library that wrote it.`;
    throw new RetraceError('RETRACE_SAFETENSORS_DTYPE', message, { tensor: name, dtype });
  }
  return { name, dtype, shape, begin, end };
}

function isDtype(name: string): name is Dtype {
  return (dtypes as readonly string[]).includes(name);
}

import { argumentError, RetraceError } from '@retrace/errors';
import { foreignFormatError } from './foreign-format.ts';
import { parseHeader } from './header.ts';
import { checkLayout, truncated } from './layout.ts';
import { type Tensor, tensorArrays } from './tensor.ts';

/** What a safetensors file holds. */
export interface Safetensors {
  /** By name, in the order of the header. */
  tensors: Map<string, Tensor>;
  /** Without a prototype: what is absent is undefined, whatever its name. */
  metadata: Record<string, string>;
}

/** The longest header read or written, in bytes; the limit of the Rust reference implementation. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Bytes of the header's own length, at the start of a file. */
export const PREFIX_BYTES = 8;

/**
 * Reads a safetensors file: eight bytes of header length, a JSON header, the tensors' bytes, little-endian.
 *
 * Everything the header says is checked before anything is allocated for it. The tensors are copies: they stay
 * as they are when `bytes` changes. Values are not looked at, so a float may be NaN; the format has no checksum.
 *
 * @throws `RETRACE_SAFETENSORS_FOREIGN` for a file of a format that it can tell, such as HDF5, with what reads that;
 * `RETRACE_SAFETENSORS_TRUNCATED` if bytes are missing; `RETRACE_SAFETENSORS_HEADER` if the header is not the JSON of
 * the format, has a key twice, or is longer than 100,000,000 bytes; `RETRACE_SAFETENSORS_DTYPE` for a dtype without a
 * typed array; `RETRACE_SAFETENSORS_LAYOUT` if the tensors do not fill the data exactly; `RETRACE_INVALID_ARGUMENT` if
 * `bytes` is no Uint8Array.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (!(bytes instanceof Uint8Array)) {
    const remedy =
      'Read the file first: `await readFile(path)`, or `new Uint8Array(await response.arrayBuffer())`.';
    throw argumentError('bytes', 'a Uint8Array, for no path or address is ever followed', bytes, remedy);
  }
  const headerBytes = readHeaderBytes(bytes);
  const { entries, metadata } = parseHeader(decode(headerBytes));
  const data = bytes.subarray(PREFIX_BYTES + headerBytes.length);
  checkLayout(entries, data.length);
  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    // Not `data.slice`: on a Buffer of Node that is a view.
    const copy = new Uint8Array(end - begin);
    copy.set(data.subarray(begin, end));
    tensors.set(name, { dtype, shape, data: new tensorArrays[dtype](copy.buffer) } as Tensor);
  }
  return { tensors, metadata };
}

function readHeaderBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length < PREFIX_BYTES) throw truncated(PREFIX_BYTES, bytes.length, 'before its header');
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES);
  const length = prefix.getBigUint64(0, true);
  if (length === 0n || length > MAX_HEADER_BYTES) {
    const problem = `says its header has ${length} bytes, which should be from 1 to ${MAX_HEADER_BYTES}`;
    throw foreignFormatError(bytes) ?? headerError(problem, { length: `${length}` });
  }
  const header = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + Number(length));
  if (header.length > 0 && header[0] !== '{'.charCodeAt(0))
    throw foreignFormatError(bytes) ?? headerError("has a header that does not start with '{'");
  if (header.length < length) throw truncated(Number(length), header.length, 'of header');
  return header;
}

function decode(header: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(header);
  } catch (cause) {
    throw headerError('has a header that is not UTF-8', {}, cause);
  }
}

function headerError(problem: string, details: Record<string, unknown> = {}, cause?: unknown): RetraceError {
  const message = `The safetensors file ${problem}. It is damaged or not safetensors.`;
  return new RetraceError('RETRACE_SAFETENSORS_HEADER', message, details, { cause });
}

import { argumentError, checkKeys, checkOneOf } from '@retrace/errors';
import { METADATA } from './header.ts';
import { isWellFormed, quoted } from './header-cursor.ts';
import { MAX_HEADER_BYTES, PREFIX_BYTES } from './read-safetensors.ts';
import { dtypes, elementCount, type Tensor, tensorArrays } from './tensor.ts';

/** What {@link writeSafetensors} writes: a `Safetensors` as read, or the same without metadata. */
export interface SafetensorsContent {
  tensors: ReadonlyMap<string, Tensor>;
  metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a safetensors file.
 *
 * The bytes depend on the content alone, not on the order it was built in: metadata by key, tensors by dtype,
 * widest first, then by name, as the reference implementation has them; the header is padded with spaces to a
 * multiple of eight, so that every tensor lies aligned.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if a tensor's data is not of its dtype and shape, a name or metadata value
 * is no well-formed string, or the header would be longer than 100,000,000 bytes.
 */
export function writeSafetensors(content: SafetensorsContent): Uint8Array {
  checkKeys('content', content, ['tensors', 'metadata']);
  const { tensors, metadata = {} } = content;
  if (!(tensors instanceof Map)) throw argumentError('tensors', 'a Map of tensors by name', tensors);
  for (const [name, tensor] of tensors) checkTensor(name, tensor);
  const sorted = [...tensors].sort(
    ([nameA, a], [nameB, b]) => dtypes.indexOf(a.dtype) - dtypes.indexOf(b.dtype) || compare(nameA, nameB),
  );
  if (typeof metadata !== 'object' || metadata === null)
    throw argumentError('metadata', 'an object of strings', metadata);
  const fields = metadataField(metadata);
  let end = 0;
  for (const [name, tensor] of sorted) {
    const begin = end;
    end += tensor.data.byteLength;
    const { dtype, shape } = tensor;
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padded = Math.ceil(header.length / 8) * 8;
  if (padded > MAX_HEADER_BYTES)
    throw argumentError('content', `described by at most ${MAX_HEADER_BYTES} bytes of header`, padded);

  const file = new Uint8Array(PREFIX_BYTES + padded + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.fill(' '.charCodeAt(0), PREFIX_BYTES, PREFIX_BYTES + padded);
  file.set(header, PREFIX_BYTES);
  let at = PREFIX_BYTES + padded;
  for (const [, { data }] of sorted) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

function metadataField(metadata: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(metadata).sort(([a], [b]) => compare(a, b));
  for (const [key, value] of pairs) {
    checkText('metadata key', key);
    checkText(`metadata[${quoted(key)}]`, value);
  }
  if (pairs.length === 0) return [];
  const members = pairs.map((pair) => pair.map((text) => JSON.stringify(text)).join(':'));
  return [`${JSON.stringify(METADATA)}:{${members.join(',')}}`];
}

function checkTensor(name: string, tensor: Tensor): void {
  const at = path(name);
  checkText('name', name);
  if (name === METADATA)
    throw argumentError('name', `other than '${METADATA}'`, name, 'It holds the metadata.');
  checkKeys(at, tensor, ['dtype', 'shape', 'data']);
  const { dtype, shape, data } = tensor;
  checkOneOf(`${at}.dtype`, dtype, dtypes);
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw argumentError(`${at}.shape`, 'an array of integers of at least 0', shape);
  const type = tensorArrays[dtype];
  const count = elementCount(shape);
  if (data instanceof (type as unknown as new () => object) && data.length === count) return;
  throw argumentError(
    `${at}.data`,
    `the ${count} elements of shape [${shape}] in the typed array of ${dtype}`,
    data,
  );
}

function checkText(argument: string, value: unknown): void {
  if (typeof value !== 'string' || !isWellFormed(value))
    throw argumentError(argument, 'a string of whole characters', value);
}

function path(name: string): string {
  return `tensors.get(${quoted(name)})`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

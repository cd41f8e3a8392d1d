import type { CompressionCodec, Compressors, DecodedArray, Encoding, PageHeader } from 'hyparquet';
import type { ParquetDecoders } from './load-hyparquet.ts';

/** What is in a page of cells, unpacked. */
export interface CellPage {
  /** The cells, missing ones too. */
  readonly count: number;
  readonly encoding: Encoding;
  /** The runs that tell which cells are there; empty if all are. */
  readonly levels: Uint8Array;
  readonly values: Uint8Array;
}

export interface PageLimits {
  /** Bytes that a page may have when it is decompressed. */
  readonly bytes: number;
  /** Times that a page may have been shrunk, looked at once it has 16 MiB. */
  readonly ratio: number;
}

interface Codec {
  readonly codec: CompressionCodec;
  readonly compressors?: Compressors;
}

const RATIO_FROM_BYTES = 2 ** 24;

/** Throws an Error if a page is larger, packed or unpacked, than it may be: memory is allocated by these sizes. */
export function checkPageSize(header: PageHeader, available: number, { bytes, ratio }: PageLimits): void {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
  checkCount(packed, available, 'bytes in a page');
  checkCount(unpacked, bytes, 'bytes in an unpacked page');
  if (unpacked > RATIO_FROM_BYTES && unpacked > packed * ratio)
    throw new Error(`a page that expands ${Math.round(unpacked / packed)} times`);
}

/** Unpacks a page of cells, of either version; undefined for a page of anything else. */
export function unpackPage(
  header: PageHeader,
  bytes: Uint8Array,
  { codec, compressors }: Codec,
  { decompressPage }: ParquetDecoders,
  optional: boolean,
): CellPage | undefined {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: size } = header;
  if (first) {
    const page = decompressPage(bytes, size, codec, compressors);
    if (!optional) return { count: first.num_values, encoding: first.encoding, levels: NONE, values: page };
    const length = readerOf(page).view.getUint32(0, true);
    checkCount(length, page.length - 4, 'bytes of levels');
    const [levels, values] = [page.subarray(4, 4 + length), page.subarray(4 + length)];
    return { count: first.num_values, encoding: first.encoding, levels, values };
  }
  if (!second) return undefined;
  const { definition_levels_byte_length: length, repetition_levels_byte_length: repetition } = second;
  checkCount(length, bytes.length, 'bytes of levels');
  checkCount(repetition, 0, 'bytes of repetition levels');
  const levels = optional ? bytes.subarray(0, length) : NONE;
  const packed = bytes.subarray(length);
  const values =
    second.is_compressed === false ? packed : decompressPage(packed, size - length, codec, compressors);
  return { count: second.num_values, encoding: second.encoding, levels, values };
}

const NONE = new Uint8Array(0);

/** A place in bytes, as hyparquet reads from. */
export function readerOf(bytes: Uint8Array): { view: DataView; offset: number } {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

/** Throws an Error for a number of `what` that is none, or more than there can be. */
export function checkCount(count: number, max: number, what: string): void {
  if (!Number.isInteger(count) || count < 0 || count > max) throw new Error(`${count} ${what}`);
}

/** Picks the values of a dictionary; throws an Error for one that it does not have. */
export function lookUp(dictionary: DecodedArray | undefined, indices: Uint32Array): DecodedArray {
  if (!dictionary) throw new Error('a page without its dictionary');
  const { length } = dictionary;
  const values =
    dictionary instanceof Float64Array ? new Float64Array(indices.length) : new Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index >= length) throw new Error(`value ${index} of ${length}`);
    values[i] = dictionary[index];
  }
  return values;
}

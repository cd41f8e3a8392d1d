import type { CompressionCodec, Compressors, DecodedArray, SchemaElement } from 'hyparquet';
import type { TimestampUnit } from './epoch-milliseconds.ts';
import type { ParquetDecoders } from './load-hyparquet.ts';
import {
  type CellPage,
  checkCount,
  checkPageSize,
  lookUp,
  type PageLimits,
  readerOf,
  unpackPage,
} from './parquet-page.ts';
import { decodeRuns, isOneRunOfOnes } from './parquet-runs.ts';
import { PieceList } from './piece-list.ts';
import { storedNumbers } from './stored-numbers.ts';
import type { Cell } from './table-batch.ts';

/** One column of a row group, none of lists or structures. */
export interface ParquetChunk {
  readonly bytes: ArrayBuffer;
  readonly element: SchemaElement;
  readonly codec: CompressionCodec;
  readonly compressors?: Compressors;
  readonly rows: number;
  /** What the column counts, if it is one of moments. */
  readonly unit?: TimestampUnit;
}

/**
 * Reads the cells of a column: numbers as float64, NaN where missing, moments as milliseconds since the epoch; what else
 * there is as it is, null where missing.
 *
 * hyparquet decodes the values. Which cells are missing, and where they go, is decided here: for a flat column that
 * takes a third of the time of hyparquet's assembly of nested ones, and what headers claim is checked before anything
 * is allocated for it.
 *
 * @throws Error if what the headers claim does not add up.
 */
export function readParquetCells(
  chunk: ParquetChunk,
  decoders: ParquetDecoders,
  limits: PageLimits,
): PieceList {
  const { bytes, element, codec, compressors, rows, unit } = chunk;
  const optional = element.repetition_type === 'OPTIONAL';
  const convert = (values: DecodedArray): DecodedArray =>
    storedNumbers(decoders.convert(values, columnDecoder(chunk, decoders)), unit);
  const reader = { view: new DataView(bytes), offset: 0 };
  const pieces = new PieceList();
  let dictionary: DecodedArray | undefined;
  while (pieces.length < rows) {
    const header = decoders.parquetHeader(reader);
    checkPageSize(header, bytes.byteLength - reader.offset, limits);
    const packed = new Uint8Array(bytes, reader.offset, header.compressed_page_size);
    reader.offset += packed.length;
    if (header.dictionary_page_header) {
      const page = decoders.decompressPage(packed, header.uncompressed_page_size, codec, compressors);
      const count = header.dictionary_page_header.num_values;
      checkCount(count, 8 * page.length, 'values in a dictionary');
      dictionary = convert(decoders.readPlain(readerOf(page), element.type!, count, element.type_length));
      continue;
    }
    const page = unpackPage(header, packed, chunk, decoders, optional);
    if (!page) continue;
    checkCount(page.count, rows - pieces.length, 'values in a page');
    const complete = !optional || isOneRunOfOnes(page.levels, page.count);
    const present = complete ? undefined : decodeRuns(page.levels, 1, page.count);
    const count = present ? present.reduce((sum, level) => sum + level, 0) : page.count;
    if (count === 0) {
      pieces.push(new Float64Array(page.count).fill(Number.NaN));
      continue;
    }
    const isDictionary = page.encoding.endsWith('_DICTIONARY');
    const values = isDictionary
      ? lookUp(dictionary, decodeRuns(page.values.subarray(1), page.values[0] ?? 0, count))
      : convert(valuesOf(page, count, chunk, decoders));
    if (values.length !== count) throw new Error(`${values.length} of ${count} values in a page`);
    pieces.push(present && count < page.count ? spread(values, present) : cellsOf(values));
  }
  return pieces;
}

function valuesOf(
  { encoding, values }: CellPage,
  count: number,
  chunk: ParquetChunk,
  decoders: ParquetDecoders,
): DecodedArray {
  const { type, type_length } = chunk.element;
  if (encoding === 'PLAIN') return decoders.readPlain(readerOf(values), type!, count, type_length);
  // Truths; the runs are preceded by their length.
  if (encoding === 'RLE') return Array.from(decodeRuns(values.subarray(4), 1, count), Boolean);
  const header = {
    num_values: count,
    encoding,
    definition_level_encoding: 'RLE',
    repetition_level_encoding: 'RLE',
  } as const;
  return decoders.readDataPage(values, header, columnDecoder(chunk, decoders)).dataPage;
}

/** As hyparquet takes it: without a path no levels are read. */
function columnDecoder({ element, codec }: ParquetChunk, { DEFAULT_PARSERS }: ParquetDecoders) {
  const parsers = { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanoseconds: bigint) => nanoseconds };
  return {
    pathInSchema: [element.name],
    type: element.type!,
    element,
    schemaPath: [],
    codec,
    parsers: parsers as unknown as typeof DEFAULT_PARSERS,
  };
}

function cellsOf(values: DecodedArray): Exclude<DecodedArray, Uint8Array | Uint32Array> {
  return values instanceof Uint8Array || values instanceof Uint32Array ? Array.from(values) : values;
}

/** Puts values where cells are present. */
function spread(values: DecodedArray, present: Uint32Array): Float64Array | Cell[] {
  let next = 0;
  if (values instanceof Float64Array)
    return Float64Array.from(present, (level) => (level ? values[next++]! : Number.NaN));
  return Array.from(present, (level) => (level ? (values[next++] as Cell) : null));
}

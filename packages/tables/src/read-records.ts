import { detectDelimiter } from './detect-delimiter.ts';
import { firstBytes } from './first-bytes.ts';
import { FOREIGN_FORMAT_BYTES, refuseForeignFormat } from './foreign-format.ts';
import { gunzip } from './gunzip.ts';
import type { TableLimits } from './limits.ts';
import { RecordParser, type TableRecord } from './record-parser.ts';
import type { OpenTable } from './table-source.ts';

const SAMPLE_LENGTH = 2 ** 16;

/**
 * Reads the records of a CSV table, some at a time: decompressed, decoded from UTF-8 (a byte order mark is dropped)
 * and split.
 *
 * @param delimiter One character; detected from the first 64 KiB where undefined.
 */
export async function* readRecords(
  table: OpenTable,
  delimiter: string | undefined,
  limits: Required<TableLimits>,
): AsyncGenerator<TableRecord[]> {
  const { file } = table;
  const { first, bytes } = await firstBytes(gunzip(table, limits), FOREIGN_FORMAT_BYTES);
  refuseForeignFormat(file, first);
  let parser: RecordParser | undefined;
  let sample = '';
  const begin = (complete: boolean): TableRecord[] => {
    const chosen = delimiter ?? detectDelimiter(file, sample, complete);
    parser = new RecordParser({ file, delimiter: chosen, lineLength: limits.lineLength });
    return parser.push(sample);
  };
  for await (const text of decodeText(bytes)) {
    if (parser) {
      yield parser.push(text);
    } else {
      sample += text;
      if (sample.length >= SAMPLE_LENGTH) yield begin(false);
    }
  }
  if (!parser) yield begin(true);
  yield parser!.end();
}

/** Bytes that are not UTF-8 become U+FFFD, which the parser refuses, knowing the row. */
async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

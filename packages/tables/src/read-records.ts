import { detectDelimiter } from './detect-delimiter.ts';
import { refuseForeignFormats } from './foreign-format.ts';
import { gunzip } from './gunzip.ts';
import type { TableLimits } from './limits.ts';
import { RecordParser, type TableRecord } from './record-parser.ts';
import type { OpenTable } from './table-source.ts';

/** Characters that the delimiter is detected from. */
const SAMPLE_LENGTH = 2 ** 17;

/**
 * Reads the records of a CSV table, some at a time: decompressed, decoded from UTF-8 (a byte order mark is dropped)
 * and split.
 *
 * @param delimiter One character; detected from the first 128 Ki characters where undefined.
 */
export async function* readRecords(
  table: OpenTable,
  delimiter: string | undefined,
  limits: Required<TableLimits>,
): AsyncGenerator<TableRecord[]> {
  const { file } = table;
  let parser: RecordParser | undefined;
  let sample = '';
  const begin = (): TableRecord[] => {
    const chosen =
      delimiter ?? detectDelimiter(file, sample.slice(0, SAMPLE_LENGTH), sample.length <= SAMPLE_LENGTH);
    parser = new RecordParser({ file, delimiter: chosen, lineLength: limits.lineLength });
    return parser.push(sample);
  };
  for await (const text of decodeText(refuseForeignFormats(file, gunzip(table, limits)))) {
    if (parser) {
      yield parser.push(text);
    } else {
      sample += text;
      if (sample.length > SAMPLE_LENGTH) yield begin();
    }
  }
  if (!parser) yield begin();
  yield parser!.end();
}

/** Bytes that are not UTF-8 become U+FFFD, which the parser refuses, knowing the row. */
async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

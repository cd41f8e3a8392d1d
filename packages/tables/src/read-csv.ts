import { CsvRows } from './csv-rows.ts';
import { decodeText } from './decode-text.ts';
import { detectDelimiter } from './detect-delimiter.ts';
import { type Header, readHeader } from './header.ts';
import { checkWidth } from './limits.ts';
import { RecordParser, type TableRecord } from './record-parser.ts';
import type { TableBatch, TableInput } from './table-batch.ts';
import { tableError } from './table-error.ts';

/** Characters that the delimiter is detected from. */
const SAMPLE_LENGTH = 2 ** 17;

/**
 * Reads a CSV table: the first two records that are not blank tell the header, all but the header are rows.
 *
 * @throws `RETRACE_TABLE_EMPTY` if there is no record; what the record parser and `readHeader` throw.
 */
export async function* readCsv(
  input: TableInput,
  begin: (header: Header) => readonly number[],
): AsyncGenerator<TableBatch> {
  const { table, problems } = input;
  let rows: CsvRows | undefined;
  let head: TableRecord[] = [];
  const start = (): TableBatch => {
    const { header, data } = beginCsv(input, head);
    rows = new CsvRows(header, begin(header), problems);
    return rows.batch(data);
  };
  for await (const records of readRecords(input)) {
    if (rows) {
      yield rows.batch(records);
    } else {
      head = head.concat(records);
      if (head.filter((record) => record.fields.length > 0).length >= 2) yield start();
    }
  }
  if (!head.some((record) => record.fields.length > 0))
    throw tableError('RETRACE_TABLE_EMPTY', { file: table.file }, 'The file is empty.');
  if (!rows) yield start();
}

function beginCsv(
  { table: { file }, options, limits }: TableInput,
  head: readonly TableRecord[],
): { header: Header; data: TableRecord[] } {
  const [first, second] = head.filter((record) => record.fields.length > 0);
  checkWidth(first!.fields.length, limits, { file, row: first!.row });
  const { decimal = '.', header: option } = options;
  const header = readHeader(file, first!, second, {
    decimal,
    ...(option !== undefined && { header: option }),
  });
  return { header, data: head.filter((record) => !header.present || record.row > first!.row) };
}

/** Reads the records of a CSV table, some at a time: decoded from UTF-8 and split. */
async function* readRecords({ table, options, limits }: TableInput): AsyncGenerator<TableRecord[]> {
  const { file, bytes } = table;
  const { lineLength } = limits;
  let { delimiter } = options;
  let parser: RecordParser | undefined;
  let sample = '';
  const begin = (): TableRecord[] => {
    delimiter ??= detectDelimiter(file, sample.slice(0, SAMPLE_LENGTH), sample.length <= SAMPLE_LENGTH);
    parser = new RecordParser({ file, delimiter, lineLength });
    return parser.push(sample);
  };
  for await (const text of decodeText(bytes, options.encoding)) {
    if (parser) {
      yield parser.push(text);
    } else {
      sample += text;
      if (delimiter !== undefined || sample.length > SAMPLE_LENGTH) yield begin();
    }
  }
  if (!parser) yield begin();
  yield parser!.end();
}

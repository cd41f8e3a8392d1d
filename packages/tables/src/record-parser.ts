import { CsvError, parse } from '#csv-parse';
import { tableError } from './table-error.ts';

/** One record of a CSV file: the line it begins on, from 1, and its fields, unquoted; none for a blank line. */
export interface TableRecord {
  readonly row: number;
  readonly fields: readonly string[];
}

export interface RecordParserOptions {
  readonly file: string;
  readonly delimiter: string;
  /** The longest record, in characters. */
  readonly lineLength: number;
}

/** From this many characters on, a record that goes on is looked at again only when its text has doubled. */
const LONG_RECORD = 1024;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Splits CSV text (RFC 4180) that arrives in pieces into records, with csv-parse.
 *
 * Beyond the RFC, lines may end in LF, CRLF or CR, mixed; a quote inside an unquoted field is an ordinary character;
 * a blank line is a record without fields. Memory is bounded by one piece and one record.
 */
export class RecordParser {
  readonly #options: RecordParserOptions;
  #pending = '';
  /** The length of the pending text from which it is worth splitting. */
  #due = 0;
  #row = 1;

  constructor(options: RecordParserOptions) {
    this.#options = options;
  }

  /**
   * Takes a piece of text and returns the records it completes; those after a long one may wait for the next piece.
   *
   * @throws `RETRACE_TABLE_ENCODING` for a NUL or a replacement character, `RETRACE_TABLE_QUOTE` for text after a
   *   closing quote, `RETRACE_TABLE_LIMIT` for a record longer than `lineLength`.
   */
  push(text: string): TableRecord[] {
    this.#refuseUndecoded(text);
    this.#pending += text;
    return this.#pending.length < this.#due ? [] : this.#split(false);
  }

  /** Returns the last records, where no line break ends them; throws `RETRACE_TABLE_QUOTE` if a quote is never closed. */
  end(): TableRecord[] {
    return this.#split(true);
  }

  /**
   * Splits the pending text. csv-parse's synchronous form takes it for the whole of a file: the record at its end
   * counts only if it is `final`, and is otherwise read anew with the next piece.
   */
  #split(final: boolean): TableRecord[] {
    const { delimiter, lineLength } = this.#options;
    const bytes = new TextEncoder().encode(this.#pending);
    const records: TableRecord[] = [];
    let start = 0;
    let unclosed: CsvError | undefined;
    try {
      parse(bytes, {
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        on_record: (fields, { bytes: end }) => {
          // A CR at the end may be the half of a CRLF.
          if (!final && end === bytes.length && bytes[end - 1] !== LF) return null;
          const begin = start + this.#emptyLines(bytes.subarray(start), records, final);
          records.push(this.#record(fields, bytes.subarray(begin, end)));
          start = end;
          return null;
        },
      });
    } catch (error) {
      if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
      unclosed = error;
    }
    start += this.#emptyLines(bytes.subarray(start), records, final);
    // Not the decoded text itself: a piece may end within a surrogate pair, which bytes do not hold.
    const { length } = decode(bytes.subarray(start));
    this.#pending = this.#pending.slice(this.#pending.length - length);
    this.#due = length < LONG_RECORD ? 0 : Math.min(2 * length, lineLength + 1);
    this.#refuseLength(this.#pending);
    if (unclosed && final)
      this.#refuseQuote(Number(unclosed.column) + 1, 'A quote is opened and never closed.');
    return records;
  }

  /**
   * Adds a record for each empty line that `bytes` begin with, and returns their length. csv-parse is told to skip
   * them, for it makes an error, in some 30 µs, of each line of another width than the first, thrown or not.
   */
  #emptyLines(bytes: Uint8Array, records: TableRecord[], final: boolean): number {
    let at = 0;
    while (bytes[at] === LF || (bytes[at] === CR && (final || at + 1 < bytes.length))) {
      at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
      records.push({ row: this.#row++, fields: [] });
    }
    return at;
  }

  /** Makes a record of its fields and its bytes, which hold the line break that ends it. */
  #record(fields: readonly string[], bytes: Uint8Array): TableRecord {
    const row = this.#row;
    const quoted = bytes.includes(QUOTE);
    if (quoted || bytes.length > this.#options.lineLength) {
      const text = decode(bytes);
      this.#refuseMisquoted(fields, text);
      this.#refuseLength(text);
      this.#row += countLineBreaks(text);
    } else {
      this.#row++;
    }
    const blank = !quoted && fields.length === 1 && fields[0]!.trim() === '';
    return { row, fields: blank ? [] : fields };
  }

  /**
   * csv-parse allows a quote inside an unquoted field only together with text after a closing quote. It gives a field
   * with such text as it stands in the file, quotes and all, so that quoting the field does not give the file's text.
   */
  #refuseMisquoted(fields: readonly string[], text: string): void {
    let at = 0;
    for (const [i, field] of fields.entries()) {
      const quoted = text[at] === '"';
      const written = quoted ? `"${field.replaceAll('"', '""')}"` : field;
      if (quoted && !text.startsWith(written, at))
        this.#refuseQuote(i + 1, 'Text follows a closing quote. Double the quotes inside a quoted field.');
      at += written.length + 1;
    }
  }

  #refuseUndecoded(text: string): void {
    const nul = text.indexOf('\0');
    const at = nul < 0 ? text.indexOf('\uFFFD') : nul;
    if (at < 0) return;
    const row = this.#row + countLineBreaks(this.#pending + text.slice(0, at));
    const message =
      nul < 0
        ? 'Bytes that are not UTF-8 (or the replacement character U+FFFD, which earlier damage leaves). Save the file as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8`.'
        : 'A NUL byte: the file is damaged, binary or UTF-16. Save it as text in UTF-8.';
    throw tableError('RETRACE_TABLE_ENCODING', { file: this.#options.file, row }, message);
  }

  #refuseLength(record: string): void {
    const { file, lineLength } = this.#options;
    if (record.length <= lineLength || record.replace(/(\r\n|\n|\r)$/, '').length <= lineLength) return;
    const message = `The record is longer than \`limits.lineLength\` allows (${lineLength} characters). Look for an unclosed quote, or raise the limit.`;
    const details = { limit: 'lineLength', allowed: lineLength };
    throw tableError('RETRACE_TABLE_LIMIT', { file, row: this.#row }, message, details);
  }

  #refuseQuote(column: number, message: string): never {
    throw tableError('RETRACE_TABLE_QUOTE', { file: this.#options.file, row: this.#row, column }, message);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

import { CsvError, parse } from '#csv-parse';
import { refuseUndecoded } from './refuse-undecoded.ts';
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

/** How csv-parse is told to read. */
const CSV = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
};

/** From this many characters on, a record that goes on is looked at again only when its text has doubled. */
const LONG_RECORD = 1024;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Splits CSV text (RFC 4180) that arrives in pieces into records, with csv-parse where there are quotes.
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
    refuseUndecoded(text, (before) => ({
      file: this.#options.file,
      row: this.#row + countLineBreaks(this.#pending + before),
    }));
    this.#pending += text;
    return this.#pending.length < this.#due ? [] : this.#split(false);
  }

  /** Returns the last records, where no line break ends them; throws `RETRACE_TABLE_QUOTE` if a quote is never closed. */
  end(): TableRecord[] {
    return this.#split(true);
  }

  #split(final: boolean): TableRecord[] {
    const records = this.#pending.includes('"')
      ? (this.#splitLines(final) ?? this.#splitQuoted(final))
      : this.#splitPlain(final);
    const { length } = this.#pending;
    this.#due = length < LONG_RECORD ? 0 : Math.min(2 * length, this.#options.lineLength + 1);
    this.#refuseLength(this.#pending);
    return records;
  }

  /** Text without a quote is split as csv-parse would, at every line break and delimiter, in a fraction of the time. */
  #splitPlain(final: boolean): TableRecord[] {
    const text = this.#pending;
    const end = final ? text.length : endOfLines(text);
    this.#pending = text.slice(end);
    return linesOf(text.slice(0, end)).map((line) => {
      this.#refuseLength(line);
      const fields = line.split(this.#options.delimiter);
      const blank = fields.length === 1 && line.trim() === '';
      return { row: this.#row++, fields: blank ? [] : fields };
    });
  }

  /**
   * Splits text in which every record is one line with csv-parse, not asking it where records end, which takes it twice
   * the time. Undefined if that is not certain to give what {@link #splitQuoted} does.
   */
  #splitLines(final: boolean): TableRecord[] | undefined {
    const end = final ? this.#pending.length : this.#pending.lastIndexOf('\n') + 1;
    const text = this.#pending.slice(0, end);
    if (/\r(?!\n)/.test(text)) return undefined;
    const lines = text.match(/[^\n]*\n|[^\n]+$/g);
    if (!lines || lines.some((line) => line.trim() === '' || line.length > this.#options.lineLength))
      return undefined;
    const records = parseRecords(text, this.#options.delimiter);
    // A field that begins with a quote may be one that csv-parse gave as it stands, for text after its closing quote.
    const isPlain = ([first, ...others]: readonly string[]): boolean =>
      !first!.startsWith('"') &&
      !others.some((field) => field.startsWith('"')) &&
      (others.length > 0 || first!.trim() !== '');
    if (records?.length !== lines.length || !records.every(isPlain)) return undefined;
    this.#pending = this.#pending.slice(end);
    return records.map((fields) => ({ row: this.#row++, fields }));
  }

  /**
   * Splits the pending text with csv-parse. Its synchronous form takes it for the whole of a file: the record at its
   * end counts only if it is `final`, and is otherwise read anew with the next piece.
   */
  #splitQuoted(final: boolean): TableRecord[] {
    const { delimiter } = this.#options;
    const bytes = new TextEncoder().encode(this.#pending);
    const records: TableRecord[] = [];
    let start = 0;
    let unclosed: CsvError | undefined;
    try {
      parse(bytes, {
        ...CSV,
        delimiter,
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

/** What csv-parse makes of a text; undefined if its last quote is not closed. */
function parseRecords(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, { ...CSV, delimiter }) as string[][];
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return undefined;
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The end of the last line that is certain to be complete: a CR at the end of the text may be half of a CRLF. */
function endOfLines(text: string): number {
  const last = text.endsWith('\r') ? text.length - 2 : text.length - 1;
  if (last < 0) return 0;
  const lf = text.lastIndexOf('\n', last);
  return 1 + (text.includes('\r') ? Math.max(lf, text.lastIndexOf('\r', last)) : lf);
}

function linesOf(text: string): string[] {
  const plain = text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  const lines = plain.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

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

/**
 * Splits CSV text (RFC 4180) that arrives in pieces into records.
 *
 * Beyond the RFC, lines may end in LF, CRLF or CR, mixed; a quote inside an unquoted field is an ordinary character;
 * a blank line is a record without fields. Memory is bounded by one piece and one record.
 */
export class RecordParser {
  readonly #options: RecordParserOptions;
  #pending = '';
  #row = 1;

  constructor(options: RecordParserOptions) {
    this.#options = options;
  }

  /**
   * Takes a piece of text and returns the records it completes.
   *
   * @throws `RETRACE_TABLE_ENCODING` for a NUL or a replacement character, `RETRACE_TABLE_QUOTE` for text after a
   *   closing quote, `RETRACE_TABLE_LIMIT` for a record longer than `lineLength`.
   */
  push(text: string): TableRecord[] {
    return this.#split(text, false);
  }

  /** Returns the last record, where no line break ends it; throws `RETRACE_TABLE_QUOTE` if a quote is never closed. */
  end(): TableRecord[] {
    return this.#split('', true);
  }

  #split(text: string, final: boolean): TableRecord[] {
    const buffer = this.#pending + text;
    this.#refuseUndecoded(buffer);
    const search = new Search(buffer, this.#options.delimiter);
    const records: TableRecord[] = [];
    let start = 0;
    while (start < buffer.length) {
      const quoted = search.quote.from(start) < search.lineEnd(start);
      const record = quoted ? this.#quoted(search, start, final) : this.#plain(search, start);
      const complete = record !== undefined && (final || isCertain(buffer, record.end));
      const length = (complete ? record.end : buffer.length) - start;
      if (length > this.#options.lineLength) this.#refuseLength();
      if (!complete) break;
      records.push({ row: this.#row, fields: record.fields });
      this.#row += record.breaks + 1;
      start = record.end + (buffer.startsWith('\r\n', record.end) ? 2 : 1);
    }
    this.#pending = buffer.slice(start);
    return records;
  }

  #plain(search: Search, start: number): ParsedRecord {
    const end = search.lineEnd(start);
    const fields = search.text.slice(start, end).split(this.#options.delimiter);
    return { fields: fields.length === 1 && fields[0]!.trim() === '' ? [] : fields, end, breaks: 0 };
  }

  /** The record from `start`, or undefined if the text ends inside a quoted field and more may come. */
  #quoted(search: Search, start: number, final: boolean): ParsedRecord | undefined {
    const { text } = search;
    const { delimiter } = this.#options;
    const fields: string[] = [];
    let breaks = 0;
    for (let at = start; ; ) {
      let end: number;
      if (text[at] === '"') {
        const close = closingQuote(text, at + 1);
        if (close < 0) {
          if (final) this.#refuseQuote(fields.length + 1, 'A quote is opened and never closed.');
          return undefined;
        }
        const field = text.slice(at + 1, close);
        breaks += countLineBreaks(field);
        fields.push(field.replaceAll('""', '"'));
        end = close + 1;
        if (text[end] !== delimiter && end !== search.lineEnd(end))
          this.#refuseQuote(
            fields.length,
            'Text follows a closing quote. Double the quotes inside a quoted field.',
          );
      } else {
        end = Math.min(search.delimiter.from(at), search.lineEnd(at));
        fields.push(text.slice(at, end));
      }
      if (text[end] !== delimiter) return { fields, end, breaks };
      at = end + 1;
    }
  }

  #refuseUndecoded(buffer: string): void {
    const nul = buffer.indexOf('\0');
    const at = nul < 0 ? buffer.indexOf('\uFFFD') : nul;
    if (at < 0) return;
    const row = this.#row + countLineBreaks(buffer.slice(0, at));
    const message =
      nul < 0
        ? 'Bytes that are not UTF-8 (or the replacement character U+FFFD, which earlier damage leaves). Save the file as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8`.'
        : 'A NUL byte: the file is damaged, binary or UTF-16. Save it as text in UTF-8.';
    throw tableError('RETRACE_TABLE_ENCODING', { file: this.#options.file, row }, message);
  }

  #refuseLength(): never {
    const { file, lineLength } = this.#options;
    const message = `The record is longer than \`limits.lineLength\` allows (${lineLength} characters). Look for an unclosed quote, or raise the limit.`;
    const details = { limit: 'lineLength', allowed: lineLength };
    throw tableError('RETRACE_TABLE_LIMIT', { file, row: this.#row }, message, details);
  }

  #refuseQuote(column: number, message: string): never {
    throw tableError('RETRACE_TABLE_QUOTE', { file: this.#options.file, row: this.#row, column }, message);
  }
}

interface ParsedRecord {
  readonly fields: readonly string[];
  /** Where the record ends: at a line break, or at the end of the text. */
  readonly end: number;
  /** Line breaks inside its quoted fields. */
  readonly breaks: number;
}

/** Finds one character in a text from ever later positions, so that no stretch of the text is searched twice. */
class Finder {
  readonly #text: string;
  readonly #character: string;
  #found = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** The position of the character at or after `position`; Infinity if there is none. */
  from(position: number): number {
    if (this.#found < position) {
      const at = this.#text.indexOf(this.#character, position);
      this.#found = at < 0 ? Infinity : at;
    }
    return this.#found;
  }
}

/** What ends a record or a field, or makes it a quoted one, in one text. */
class Search {
  readonly text: string;
  readonly quote: Finder;
  readonly delimiter: Finder;
  readonly #lf: Finder;
  readonly #cr: Finder;

  constructor(text: string, delimiter: string) {
    this.text = text;
    this.quote = new Finder(text, '"');
    this.delimiter = new Finder(text, delimiter);
    this.#lf = new Finder(text, '\n');
    this.#cr = new Finder(text, '\r');
  }

  /** Where the line from `position` ends: at a line break, or at the end of the text. */
  lineEnd(position: number): number {
    return Math.min(this.#lf.from(position), this.#cr.from(position), this.text.length);
  }
}

/** A record at the end of the text so far may go on, and a CR there may be the half of a CRLF. */
function isCertain(text: string, end: number): boolean {
  return end < text.length && !(text[end] === '\r' && end + 1 === text.length);
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

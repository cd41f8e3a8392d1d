import { parse as parseWhole } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordParser, type TableRecord } from './record-parser.ts';

function parse(pieces: readonly string[], { delimiter = ',', lineLength = 1000 } = {}): TableRecord[] {
  const parser = new RecordParser({ file: 'f', delimiter, lineLength });
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

describe('RecordParser', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é', '😀'),
    maxLength: 5,
  });
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  const lineBreak = fc.constantFrom('\n', '\r\n', '\r');

  it('push(text) reads back whatever was quoted, wherever the text is cut into pieces', () => {
    fc.assert(
      fc.property(rows, lineBreak, fc.boolean(), fc.array(fc.nat(40)), (table, end, final, cuts) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = table.map((fields) => fields.map(quote).join(',')).join(end) + (final ? end : '');
        const positions = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = positions.map((at, i) =>
          text.slice(positions[i - 1] ?? 0, Math.max(at, positions[i - 1] ?? 0)),
        );
        expect(parse(pieces).map(({ fields }) => fields)).toEqual(table);
      }),
      { numRuns: 1000 },
    );
  });

  it('push(text) splits text without quotes as csv-parse does, wherever it is cut into pieces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '\n', '\r', '\r\n', ' ', 'é', '😀') });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (pieces) => {
        const whole = parseWhole(pieces.join(''), {
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          skip_empty_lines: true,
        }) as string[][];
        const records = parse(pieces);
        expect(records.map(({ row }) => row)).toEqual(records.map((_, i) => i + 1));
        expect(records.map(({ fields }) => fields).filter((fields) => fields.length > 0)).toEqual(
          whole.filter((fields) => fields.length > 1 || fields[0]!.trim() !== ''),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('push(text) splits a piece with quotes and the same piece without alike', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '1', ',', ' ', '\r'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const plain = lines.map((text) => `${text}\n`).join('');
        const quoted = parse([`${plain}"q"\n`]);
        expect(quoted).toEqual([...parse([plain]), { row: quoted.length, fields: ['q'] }]);
        // A field of two lines at the end takes the way that asks csv-parse where each record ends.
        const long = parse([`${plain}"q\nr"\n`]);
        expect(long).toEqual([...parse([plain]), { row: quoted.length, fields: ['q\nr'] }]);
      }),
      { numRuns: 1000 },
    );
  });

  it('push(text) splits lines with quotes alike, whether others go over several lines or not', () => {
    const field = fc.string({
      unit: fc.constantFrom('a', '1', ' ', '"', '"a"', '""', '\r', '\r\n', 'é'),
      maxLength: 4,
    });
    const line = fc.array(field, { minLength: 1, maxLength: 3 }).map((fields) => fields.join(','));
    const outcome = (text: string): unknown => {
      try {
        return parse([text]);
      } catch (error) {
        return (error as { code: string; details: unknown }).code;
      }
    };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const text = `"x"\n${lines.map((each) => `${each}\n`).join('')}`;
        const [short, long] = [outcome(text), outcome(`"y\nz"\n${text}`)];
        const shifted = Array.isArray(short) && short.map((record) => ({ ...record, row: record.row + 2 }));
        expect(long).toEqual(shifted ? [{ row: 1, fields: ['y\nz'] }, ...shifted] : short);
      }),
      { numRuns: 5000 },
    );
  });

  it('push(text) counts the lines of the file, those inside quotes too', () => {
    const text = 'a,b\r\n"x\ny",1\r\r\n"p\r\n\rq",2\nlast,3';
    expect(parse([text]).map(({ row, fields }) => [row, fields.length])).toEqual([
      [1, 2],
      [2, 2],
      [4, 0],
      [5, 2],
      [8, 2],
    ]);
  });

  it('push(text) takes a quote inside an unquoted field as it is', () => {
    expect(parse(['12" pump,a"b"\n'])[0]!.fields).toEqual(['12" pump', 'a"b"']);
  });

  it('push(text) reads quoted fields beside one that only holds a quote', () => {
    const fields = ['12" pump', 'a "b"', '', '""x'];
    expect(parse(['12" pump,"a ""b""","","""""x"\n'])[0]!.fields).toEqual(fields);
  });

  it('push(text) tells a blank line from a quoted empty cell', () => {
    expect(parse(['""\n \n']).map(({ fields }) => fields)).toEqual([[''], []]);
  });

  it('push(text) splits at any delimiter', () => {
    expect(parse(['a;"b;c";d\n'], { delimiter: ';' })[0]!.fields).toEqual(['a', 'b;c', 'd']);
  });

  it('push(text) returns only records that are certain to be complete', () => {
    const parser = new RecordParser({ file: 'f', delimiter: ',', lineLength: 100 });
    expect(parser.push('1,2\n3,')).toHaveLength(1);
    expect(parser.push('4\r')).toHaveLength(0);
    expect(parser.push('\n')).toEqual([{ row: 2, fields: ['3', '4'] }]);
    expect(parser.end()).toEqual([]);
  });

  it('push(text) reads a long record in small pieces, and refuses it where it gets too long', () => {
    const long = `"${'x\n'.repeat(5000)}",1`;
    const pieces = `a,b\n${long}\n2,3\n`.match(/.{1,7}/gs)!;
    expect(parse(pieces, { lineLength: long.length })).toEqual([
      { row: 1, fields: ['a', 'b'] },
      { row: 2, fields: ['x\n'.repeat(5000), '1'] },
      { row: 5003, fields: ['2', '3'] },
    ]);
    expect(() => parse(pieces, { lineLength: long.length - 1 })).toThrow(
      expect.objectContaining({ code: 'RETRACE_TABLE_LIMIT', details: expect.objectContaining({ row: 2 }) }),
    );
  });

  it.each([
    ['a\n"b', 'RETRACE_TABLE_QUOTE', { row: 2, column: 1 }],
    ['a,b\n1,"2"3', 'RETRACE_TABLE_QUOTE', { row: 2, column: 2 }],
    ['a,b\n"""1""","2""5"6\n', 'RETRACE_TABLE_QUOTE', { row: 2, column: 2 }],
    ['a\nb\0', 'RETRACE_TABLE_ENCODING', { row: 2 }],
    ['a\r\rb\uFFFD', 'RETRACE_TABLE_ENCODING', { row: 3 }],
    ['a\n12345678901\n', 'RETRACE_TABLE_LIMIT', { row: 2, limit: 'lineLength' }],
    ['a\n12345678901', 'RETRACE_TABLE_LIMIT', { row: 2, limit: 'lineLength' }],
    ['a\n"123456\n890', 'RETRACE_TABLE_LIMIT', { row: 2, limit: 'lineLength' }],
  ])('push(%j) is refused with %s', (text, code, details) => {
    expect(() => parse([text], { lineLength: 10 })).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ file: 'f', ...details }) }),
    );
  });
});

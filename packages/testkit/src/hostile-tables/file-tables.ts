import { gzipSync } from 'node:zlib';
import { accepted, type HostileTable, refused } from './hostile-table.ts';

const TIME = { time: 'time' };

/** Files that are empty, damaged, in another encoding, compressed, or no text at all. */
export function fileTables(): HostileTable[] {
  const plain = 'time,flow\n0,1.5\n1,2.5\n';
  const zipped = gzipSync(plain);
  return [
    refused('A1', 'an empty file', '', 'RETRACE_TABLE_EMPTY'),
    refused('A1-blank', 'nothing but blank lines', '\n\r\n  \n', 'RETRACE_TABLE_EMPTY'),
    refused('A2', 'a header without rows', 'time,flow\n', 'RETRACE_TABLE_EMPTY'),
    accepted('A3', 'one row', 'time,flow\n0,1.5\n', { rows: 1 }, TIME),
    accepted('A5', 'a byte order mark', `\uFEFF${plain}`, { rows: 2 }, TIME),
    refused('A6-le', 'UTF-16, little endian', utf16(plain, true), 'RETRACE_TABLE_ENCODING'),
    refused('A6-be', 'UTF-16, big endian', utf16(plain, false), 'RETRACE_TABLE_ENCODING'),
    refused('A6-bare', 'UTF-16 without its mark', utf16(plain, true).subarray(2), 'RETRACE_TABLE_ENCODING', {
      row: 1,
    }),
    refused('A7', 'Latin-1', latin1('time,flow\n0,1\n1,2 m\xb3/h\n'), 'RETRACE_TABLE_ENCODING', { row: 3 }),
    refused('A8', 'a NUL byte', 'time,flow\n0,1\n1,\0\n', 'RETRACE_TABLE_ENCODING', { row: 3 }),
    accepted('A9-crlf', 'lines that end in CRLF', plain.replaceAll('\n', '\r\n'), { rows: 2 }, TIME),
    accepted('A9-cr', 'lines that end in CR', plain.replaceAll('\n', '\r'), { rows: 2 }, TIME),
    accepted('A9-mixed', 'all line endings', 'time,flow\r\n0,1\n1,2\r2,3\n\r3,4', { rows: 4 }, TIME),
    accepted('A10', 'no final line break', 'time,flow\n0,1.5\n1,2.5', { rows: 2 }, TIME),
    refused(
      'A23',
      'a gzip bomb',
      () => gzipSync(`flow\n${`${'0'.repeat(4000)}\n`.repeat(10_000)}`),
      'RETRACE_TABLE_LIMIT',
    ),
    refused('A24-cut', 'gzip cut short', zipped.subarray(0, zipped.length - 6), 'RETRACE_TABLE_COMPRESSION'),
    refused(
      'A24-flip',
      'a damaged gzip checksum',
      flipped(zipped, zipped.length - 7),
      'RETRACE_TABLE_COMPRESSION',
    ),
    accepted(
      'A24-members',
      'gzip members one after the other',
      joined(zipped, gzipSync('2,3\n')),
      { rows: 3 },
      TIME,
    ),
    refused('A25-zip', 'a zip archive', latin1('PK\x03\x04\x14\0\0\0\x08\0'), 'RETRACE_TABLE_FORMAT'),
    refused(
      'A25-xlsx',
      'an Excel workbook',
      latin1('PK\x03\x04\x14\0[Content_Types].xml'),
      'RETRACE_TABLE_FORMAT',
    ),
    refused('A25-parquet', 'a Parquet file', latin1('PAR1\x15\x04\x15'), 'RETRACE_TABLE_FORMAT'),
    refused('A25-html', 'a web page', '<!DOCTYPE html><html><body>404</body></html>', 'RETRACE_TABLE_FORMAT'),
    refused(
      'A28-npy',
      'a NumPy array of pickled objects',
      latin1("\x93NUMPY\x01\0v\0{'descr': '|O'}"),
      'RETRACE_TABLE_FORMAT',
    ),
  ];
}

function latin1(content: string): Uint8Array {
  return Uint8Array.from(content, (character) => character.charCodeAt(0));
}

function utf16(content: string, littleEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(2 * content.length + 2));
  for (const [i, character] of [...`\uFEFF${content}`].entries())
    bytes.setUint16(2 * i, character.charCodeAt(0), littleEndian);
  return new Uint8Array(bytes.buffer);
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

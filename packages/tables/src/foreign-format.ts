import { firstBytes } from './first-bytes.ts';
import { tableError } from './table-error.ts';

interface ForeignFormat {
  readonly name: string;
  /** The bytes it begins with, at `at` (default 0), as Latin-1 text. */
  readonly magic: string;
  readonly at?: number;
  readonly remedy: string;
}

const INSPECTED_BYTES = 4096;

const EXPORT = 'Export it as CSV first.';
const UNPACK = 'Unpack it first.';
const AS_UTF8 = 'Save it as UTF-8, for instance with `iconv -f UTF-16 -t UTF-8`.';

const FOREIGN_FORMATS: readonly ForeignFormat[] = [
  { name: 'UTF-16 text', magic: '\xff\xfe', remedy: AS_UTF8 },
  { name: 'UTF-16 text', magic: '\xfe\xff', remedy: AS_UTF8 },
  { name: 'a Parquet file', magic: 'PAR1', remedy: EXPORT },
  { name: 'an Arrow file', magic: 'ARROW1', remedy: EXPORT },
  { name: 'a NumPy array (.npy)', magic: '\x93NUMPY', remedy: 'Write it with `numpy.savetxt` instead.' },
  { name: 'an HDF5 file', magic: '\x89HDF\r\n\x1a\n', remedy: EXPORT },
  { name: 'an SQLite database', magic: 'SQLite format 3\0', remedy: EXPORT },
  { name: 'an Excel 97 workbook (.xls)', magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', remedy: EXPORT },
  { name: 'a PDF', magic: '%PDF-', remedy: 'Find the table it was made from.' },
  { name: 'a zstd archive', magic: '\x28\xb5\x2f\xfd', remedy: UNPACK },
  { name: 'an xz archive', magic: '\xfd7zXZ\0', remedy: UNPACK },
  { name: 'a bzip2 archive', magic: 'BZh', remedy: UNPACK },
  { name: 'gzip inside gzip', magic: '\x1f\x8b', remedy: UNPACK },
  { name: 'a tar archive', magic: 'ustar', at: 257, remedy: UNPACK },
  { name: 'a web page (HTML)', magic: '<!doctype html', remedy: 'Give the address of the file itself.' },
  { name: 'a web page (HTML)', magic: '<html', remedy: 'Give the address of the file itself.' },
];

/**
 * Passes bytes on, unless they begin like a format that is not CSV.
 *
 * @throws While reading, `RETRACE_TABLE_FORMAT`; for UTF-16 `RETRACE_TABLE_ENCODING`.
 */
export async function* refuseForeignFormats(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let inspected = false;
  for await (const piece of (await firstBytes(bytes, INSPECTED_BYTES)).bytes) {
    if (!inspected) refuseForeignFormat(file, String.fromCharCode(...piece.subarray(0, INSPECTED_BYTES)));
    inspected = true;
    yield piece;
  }
}

function refuseForeignFormat(file: string, head: string): void {
  const found = head.startsWith('PK\x03\x04')
    ? zipContent(head)
    : FOREIGN_FORMATS.find((format) => begins(head, format));
  if (!found) return;
  const { name, remedy } = found;
  const code = remedy === AS_UTF8 ? 'RETRACE_TABLE_ENCODING' : 'RETRACE_TABLE_FORMAT';
  throw tableError(code, { file }, `This is ${name}, not CSV text in UTF-8. ${remedy}`, { format: name });
}

function begins(head: string, { magic, at = 0 }: ForeignFormat): boolean {
  return head.slice(at, at + magic.length).toLowerCase() === magic.toLowerCase();
}

function zipContent(head: string): Pick<ForeignFormat, 'name' | 'remedy'> {
  const workbook = head.includes('[Content_Types].xml') || head.includes('xl/');
  return workbook
    ? { name: 'an Excel workbook (.xlsx)', remedy: 'Save the sheet as "CSV UTF-8" first.' }
    : { name: 'a zip archive', remedy: UNPACK };
}

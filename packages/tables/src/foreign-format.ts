import { tableError } from './table-error.ts';

interface ForeignFormat {
  readonly name: string;
  /** The bytes it begins with, at `at` (default 0), as Latin-1 text. */
  readonly magic: string;
  readonly at?: number;
  readonly remedy: string;
}

const EXPORT = 'Export it as CSV first.';
const UNPACK = 'Unpack it first.';

const FOREIGN_FORMATS: readonly ForeignFormat[] = [
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

const UTF16: readonly (readonly [mark: string, encoding: string])[] = [
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
];

const JSON_ARRAY = /^(\xef\xbb\xbf)?\s*\[\s*[[{]/;

/**
 * Refuses a table that begins like a format that is not read.
 *
 * @param head The first bytes as Latin-1 text.
 * @param encoded Whether the caller has said how the text is encoded.
 * @throws `RETRACE_TABLE_FORMAT`; for UTF-16 that the caller has not told of, `RETRACE_TABLE_ENCODING`.
 */
export function refuseForeignFormat(file: string, head: string, encoded: boolean): void {
  const utf16 = UTF16.find(([mark]) => head.startsWith(mark));
  // Four bytes 0xFF are the mark of Arrow's streams.
  if (utf16 && !encoded && !head.startsWith('\xff\xff')) {
    const message = `This is UTF-16 text. Set \`encoding: '${utf16[1]}'\`, or save it as UTF-8.`;
    throw tableError('RETRACE_TABLE_ENCODING', { file }, message, { format: 'UTF-16 text' });
  }
  const found = head.startsWith('PK\x03\x04')
    ? zipContent(head)
    : JSON_ARRAY.test(head)
      ? { name: 'a JSON array', remedy: "Write one object a line, for instance with `jq -c '.[]'`." }
      : FOREIGN_FORMATS.find((format) => begins(head, format));
  if (!found) return;
  const { name, remedy } = found;
  throw tableError('RETRACE_TABLE_FORMAT', { file }, `This is ${name}, which is not read. ${remedy}`, {
    format: name,
  });
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

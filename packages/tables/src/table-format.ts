/** The formats of tables that are read. */
export type TableFormat = 'csv' | 'jsonl' | 'parquet' | 'arrow' | 'npy';

export const TABLE_FORMATS: readonly TableFormat[] = ['csv', 'jsonl', 'parquet', 'arrow', 'npy'];

/** What messages call each format. */
export const FORMAT_NAMES: Readonly<Record<TableFormat, string>> = {
  csv: 'CSV text',
  jsonl: 'JSON lines',
  parquet: 'a Parquet file',
  arrow: 'an Arrow file',
  npy: 'a NumPy array (.npy)',
};

const EXTENSIONS: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  npy: 'npy',
};

/** The format that the name of a file promises; undefined if it promises none. */
export function formatOfName(file: string): TableFormat | undefined {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase();
  return extension === undefined || !Object.hasOwn(EXTENSIONS, extension) ? undefined : EXTENSIONS[extension];
}

/** The name of a file without its folder and the extensions of a table. */
export function withoutExtension(file: string): string {
  const name = file.split(/[\\/]/).at(-1)!.replace(/\.gz$/i, '');
  const known = formatOfName(name) !== undefined || /\.(txt|json)$/i.test(name);
  return known ? name.slice(0, name.lastIndexOf('.')) : name;
}

/**
 * Tells the format that a table's first bytes are of; text that does not look like JSON counts as CSV.
 *
 * @param head The first bytes as Latin-1 text.
 */
export function detectFormat(head: string): TableFormat {
  if (head.startsWith('PAR1')) return 'parquet';
  // The file form has a name; the stream form begins with the mark and the length of its schema.
  if (head.startsWith('ARROW1') || /^\xff{4}[\s\S]{3}\0/.test(head)) return 'arrow';
  if (head.startsWith('\x93NUMPY')) return 'npy';
  return /^(\xef\xbb\xbf)?\s*\{/.test(head) ? 'jsonl' : 'csv';
}

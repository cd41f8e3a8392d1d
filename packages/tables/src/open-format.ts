import { firstBytes, letGo } from './first-bytes.ts';
import { refuseForeignFormat } from './foreign-format.ts';
import { gunzip } from './gunzip.ts';
import type { TableLimits } from './limits.ts';
import { tableError } from './table-error.ts';
import { detectFormat, FORMAT_NAMES, formatOfName, type TableFormat } from './table-format.ts';
import type { OpenTable } from './table-source.ts';

const INSPECTED_BYTES = 4096;

export interface OpenFormatOptions {
  readonly format?: TableFormat;
  readonly encoding?: string;
  readonly onWarning: (message: string) => void;
}

/**
 * Tells the format of a table from its first bytes, whatever its name says, and warns if that says otherwise.
 *
 * @returns The format, and the table with its bytes decompressed.
 * @throws `RETRACE_TABLE_FORMAT` if the format is not read, or not the one that `options.format` promises;
 *   `RETRACE_TABLE_ENCODING` for UTF-16 without `options.encoding`; what decompressing throws.
 */
export async function openFormat(
  opened: OpenTable,
  options: OpenFormatOptions,
  limits: Required<TableLimits>,
): Promise<{ format: TableFormat; table: OpenTable }> {
  const { first, bytes } = await firstBytes(gunzip(opened, limits), INSPECTED_BYTES);
  try {
    const head = String.fromCharCode(...first.subarray(0, INSPECTED_BYTES));
    refuseForeignFormat(opened.file, head, options.encoding !== undefined);
    return { format: chooseFormat(opened.file, detectFormat(head), options), table: { ...opened, bytes } };
  } catch (error) {
    await letGo(bytes);
    throw error;
  }
}

function chooseFormat(
  file: string,
  found: TableFormat,
  { format, onWarning }: OpenFormatOptions,
): TableFormat {
  const isText = (name: TableFormat): boolean => name === 'csv' || name === 'jsonl';
  if (format !== undefined && format !== found && !(isText(format) && isText(found))) {
    const message = `This is ${FORMAT_NAMES[found]}, not ${FORMAT_NAMES[format]}. Leave \`format\` out, or set it to '${found}'.`;
    throw tableError('RETRACE_TABLE_FORMAT', { file }, message, { format: FORMAT_NAMES[found] });
  }
  const promised = formatOfName(file);
  if (format === undefined && promised !== undefined && promised !== found)
    onWarning(
      `The name promises ${FORMAT_NAMES[promised]}, yet this is ${FORMAT_NAMES[found]}, and was read as such.`,
    );
  return format ?? found;
}

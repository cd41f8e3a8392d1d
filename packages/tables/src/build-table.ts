import { assignRoles } from './column-roles.ts';
import { readHeader } from './header.ts';
import type { TableLimits } from './limits.ts';
import type { ReadSeriesOptions } from './read-series-options.ts';
import type { TableRecord } from './record-parser.ts';
import { TableBuilder } from './table-builder.ts';
import { tableError } from './table-error.ts';

/**
 * Builds the table that the records make: the first two that are not blank tell the header, all but the header are
 * rows.
 *
 * @throws The `RETRACE_TABLE_…` error of the first record that does not fit; `RETRACE_TABLE_EMPTY` if there are no
 *   rows; `RETRACE_TABLE_COLUMN` if no column holds numbers.
 */
export async function buildTable(
  file: string,
  batches: AsyncIterable<readonly TableRecord[]>,
  options: ReadSeriesOptions,
  limits: Required<TableLimits>,
): Promise<TableBuilder> {
  let table: TableBuilder | undefined;
  let head: TableRecord[] = [];
  for await (const records of batches) {
    if (table) {
      for (const record of records) table.add(record);
    } else {
      head = head.concat(records);
      if (head.filter((record) => record.fields.length > 0).length >= 2)
        table = beginTable(file, head, options, limits);
    }
  }
  table ??= beginTable(file, head, options, limits);
  if (table.lines.length === 0)
    throw tableError('RETRACE_TABLE_EMPTY', { file }, 'There is a header, but no row.');
  if (table.features.every(({ numeric }) => !numeric)) refuseWithoutNumbers(table);
  return table;
}

function beginTable(
  file: string,
  head: readonly TableRecord[],
  options: ReadSeriesOptions,
  limits: Required<TableLimits>,
): TableBuilder {
  const [first, second] = head.filter((record) => record.fields.length > 0);
  if (!first) throw tableError('RETRACE_TABLE_EMPTY', { file }, 'The file is empty.');
  const widest = first.fields.length;
  if (widest > limits.columns) {
    const message = `There are ${widest} columns, more than \`limits.columns\` allows (${limits.columns}).`;
    const details = { limit: 'columns', allowed: limits.columns };
    throw tableError('RETRACE_TABLE_LIMIT', { file, row: first.row }, message, details);
  }
  const { decimal = '.', missing = [], onMissing = 'error', timeUnit, header: headerOption } = options;
  const header = readHeader(file, first, second, {
    decimal,
    ...(headerOption !== undefined && { header: headerOption }),
  });
  const table = new TableBuilder({
    file,
    header,
    roles: assignRoles(file, header, options),
    chosen: options.features !== undefined,
    decimal,
    missing: new Set(missing),
    onMissing,
    ...(timeUnit && { timeUnit }),
    maxRows: limits.rows,
  });
  for (const record of head) if (!header.present || record.row > first.row) table.add(record);
  return table;
}

function refuseWithoutNumbers({ features, layout }: TableBuilder): never {
  const { file } = layout;
  const shown = features.find(({ sample }) => sample !== undefined);
  const example = shown
    ? ` (${JSON.stringify(shown.name)} holds text such as ${JSON.stringify(shown.sample)})`
    : '';
  const message = `No column is left that holds numbers${example}. Check \`delimiter\` and \`decimal\`, or list the \`features\`.`;
  throw tableError('RETRACE_TABLE_COLUMN', { file }, message);
}

import type { TableBuilder } from './table-builder.ts';
import { tableError } from './table-error.ts';

/** The fewest features of which a table with fewer rows than features is suspected. */
const FEATURES = 32;

/** Tells whether a whole table has many features, which nobody chose, and fewer rows. */
export function liesOnItsSide({ features, rows, layout }: TableBuilder): boolean {
  const read = features.filter(({ numeric }) => numeric).length;
  return !layout.chosen && read >= FEATURES && read > rows;
}

/**
 * Refuses a table that lies on its side and has no header to say otherwise: its sensors would be taken for rows.
 *
 * @throws `RETRACE_TABLE_TRANSPOSED`.
 */
export function refuseOnItsSide(table: TableBuilder): void {
  const { file, header } = table.layout;
  if (header.present || header.told || !liesOnItsSide(table)) return;
  const [columns, rows] = [table.features.length, table.rows];
  const message =
    `There is no header, and there are more columns (${columns}) than rows (${rows}), as in a table on its side. ` +
    'Transpose it; if each column is a feature, set `header: false`.';
  throw tableError('RETRACE_TABLE_TRANSPOSED', { file }, message, { columns, rows });
}

import { refuseOnItsSide } from './lies-on-its-side.ts';
import type { TableBuilder } from './table-builder.ts';
import { quoteName, tableError } from './table-error.ts';
import { tableWarnings } from './table-warnings.ts';

/**
 * Decides which columns are features, those that hold numbers so far, and warns of what is odd about it.
 *
 * @throws `RETRACE_TABLE_COLUMN` if no column holds numbers; `RETRACE_TABLE_TRANSPOSED` if the table lies on its side.
 */
export function settleFeatures(
  table: TableBuilder,
  { complete, onWarning }: { complete: boolean; onWarning: (message: string) => void },
): void {
  table.settle();
  if (complete) refuseOnItsSide(table);
  for (const warning of tableWarnings(table, complete)) onWarning(warning);
  if (table.features.some(({ numeric }) => numeric)) return;
  const shown = table.features.find(({ sample }) => sample !== undefined);
  const example = shown ? ` (${quoteName(shown.name)} holds text such as ${quoteName(shown.sample!)})` : '';
  const message = `No column is left that holds numbers${example}. Check \`delimiter\` and \`decimal\`, or list the \`features\`.`;
  throw tableError('RETRACE_TABLE_COLUMN', { file: table.layout.file }, message);
}

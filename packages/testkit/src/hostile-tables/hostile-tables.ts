import { fileTables } from './file-tables.ts';
import type { HostileTable } from './hostile-table.ts';
import { labelTables } from './label-tables.ts';
import { numberTables } from './number-tables.ts';
import { structureTables } from './structure-tables.ts';
import { timeTables } from './time-tables.ts';

/**
 * Tables that lie about what they are, are damaged, or hold what only looks like numbers, times and labels. The ids
 * are those of the project's list of bad inputs.
 */
export const hostileTables: readonly HostileTable[] = [
  ...fileTables(),
  ...structureTables(),
  ...numberTables(),
  ...timeTables(),
  ...labelTables(),
];

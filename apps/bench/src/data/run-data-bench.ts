import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setupCommand } from '../python-peer.ts';
import { compareTables, tablesTable } from './compare-tables.ts';
import { compareWindows, windowsTable } from './compare-windows.ts';
import { dataPage } from './data-page.ts';

const usage = `Times what is done with data: windows beside numpy, tables beside csv-parse.

  --rounds N   rounds, 3 by default
  --rows N     of the tables, 10,000,000 by default: CSV of a gigabyte
  --docs FILE  write all as a page
`;

/** Runs the bench of what is done with data; returns the exit code. */
export async function runDataBench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      rows: { type: 'string', default: '10000000' },
      docs: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const rounds = Number(values.rounds);
  const windows = compareWindows(rounds);
  if (windows.numpy === undefined) console.log(`numpy is not installed: run ${setupCommand}`);
  console.log(windowsTable(windows));
  const tables = await compareTables(Number(values.rows), rounds);
  console.log(tablesTable(tables));
  if (values.docs) writeFileSync(values.docs, dataPage({ windows, tables, rounds }));
  return 0;
}

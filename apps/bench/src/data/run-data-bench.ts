import { parseArgs } from 'node:util';
import { setupCommand } from '../python-peer.ts';
import { compareWindows, windowsTable } from './compare-windows.ts';

const usage = `Times windows beside numpy.

  --rounds N   rounds, 5 by default
`;

/** Runs the bench of what is done with data; returns the exit code. */
export async function runDataBench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string', default: '5' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const windows = compareWindows(Number(values.rounds));
  if (windows.numpy === undefined) console.log(`numpy is not installed: run ${setupCommand}`);
  console.log(windowsTable(windows));
  return 0;
}

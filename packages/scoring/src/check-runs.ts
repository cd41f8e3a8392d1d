import { argumentError } from '@retrace/errors';
import type { Run } from '@retrace/windowing';

/** Returns `runs`, or one run of all rows where there are none; refuses runs that do not follow each other from 0 to `rows`. */
export function checkRuns(runs: readonly Run[] | undefined, rows: number): readonly Run[] {
  if (runs === undefined) return [[0, rows]];
  let next = 0;
  for (const [index, [from, to]] of runs.entries()) {
    if (from !== next || !Number.isInteger(to) || to <= from || to > rows) {
      throw argumentError(`runs[${index}]`, `[${next}, to) with to from ${next + 1} to ${rows}`, [from, to]);
    }
    next = to;
  }
  if (next !== rows) {
    throw argumentError(
      'runs',
      `runs that cover all ${rows} rows`,
      runs,
      `Row ${next} and those after it are in none.`,
    );
  }
  return runs;
}

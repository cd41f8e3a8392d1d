import { join } from 'node:path';

/** A file of the folder of real data sets, which the environment variable RETRACE_DATA names. */
export function dataFile(...path: readonly string[]): string {
  return join(process.env.RETRACE_DATA!, ...path);
}

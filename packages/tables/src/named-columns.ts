import type { Header } from './header.ts';
import { quoteName, tableError } from './table-error.ts';

/**
 * Makes the header of a format whose columns have names of their own.
 *
 * @throws `RETRACE_TABLE_HEADER` if two columns share a name.
 */
export function namedColumns(file: string, given: readonly string[]): Header {
  const names = given.map((name, i) => name || `column${i + 1}`);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      const message = `Two columns are named ${quoteName(name)}. Rename one.`;
      throw tableError('RETRACE_TABLE_HEADER', { file, column: name }, message);
    }
    seen.add(name);
  }
  return { names, present: true, told: true, nameless: given.map((name) => name === '') };
}

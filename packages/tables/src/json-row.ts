import { quoteName } from './table-error.ts';
import type { TableProblems } from './table-problems.ts';

/** One line of JSON lines. */
export interface JsonRow {
  readonly row: number;
  readonly keys: readonly string[];
  readonly object: Readonly<Record<string, unknown>>;
}

/** A string, with the colon that makes a key of it, or a bracket. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;

/**
 * Parses a line that holds one object; what is none, or has a key twice, is the problem `RETRACE_TABLE_JSON`, and no
 * row.
 */
export function parseJsonRow(row: number, text: string, problems: TableProblems): JsonRow[] {
  const object = parse(text);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    const message = `The line ${quoteName(text.trim())} is not one JSON object. Write each on one line, for instance with \`jq -c .\`; if this is CSV, set \`format: 'csv'\`.`;
    problems.add({ code: 'RETRACE_TABLE_JSON', row, message });
    return [];
  }
  const keys = Object.keys(object);
  // Each key that was written is one of these, and so may be what a string or an object inside holds.
  if (text.match(/"\s*:/g)?.length !== keys.length) {
    const twice = doubleKey(text);
    if (twice !== undefined) {
      const message = `The key ${quoteName(twice)} occurs twice in the object. Rename one.`;
      problems.add({ code: 'RETRACE_TABLE_JSON', row, message, more: { key: twice } });
      return [];
    }
  }
  return [{ row, keys, object: object as Record<string, unknown> }];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first key that the outermost object has twice, of which JSON.parse keeps the last silently. */
function doubleKey(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (colon !== undefined && depth === 1) {
      const key: string = JSON.parse(token.slice(0, -colon.length));
      if (seen.has(key)) return key;
      seen.add(key);
    }
  }
  return undefined;
}

/** The options of `readSeries` that a case needs; a command line has a flag for each. */
export interface HostileTableOptions {
  readonly time?: string;
  readonly by?: string;
  readonly label?: string;
  readonly features?: readonly string[];
  readonly header?: boolean | 'shifted';
  readonly delimiter?: string;
  readonly decimal?: '.' | ',';
  readonly missing?: readonly string[];
  readonly onMissing?: 'error' | 'mask' | 'drop';
  readonly timeUnit?: 's' | 'ms' | 'us' | 'iso';
}

/** What a case must be refused with, or how many series and rows it must give, and a part of the warning it must raise. */
export type HostileTableOutcome =
  | { readonly code: string; readonly row?: number; readonly column?: string | number }
  | { readonly series: number; readonly rows: number; readonly warning?: string };

/** A table that a reader must refuse in a named way, or read as it is documented to. */
export interface HostileTable {
  readonly id: string;
  readonly what: string;
  readonly bytes: () => Uint8Array;
  readonly options: HostileTableOptions;
  readonly expect: HostileTableOutcome;
}

/** Text, which becomes UTF-8, or bytes; as a function where they are many. */
export type HostileContent = string | Uint8Array | (() => Uint8Array);

/** A table that must be refused with `code`, at `place`. */
export function refused(
  id: string,
  what: string,
  content: HostileContent,
  code: string,
  place: { row?: number; column?: string | number } = {},
  options: HostileTableOptions = {},
): HostileTable {
  return { id, what, bytes: thunk(content), options, expect: { code, ...place } };
}

/** A table that must be read, giving so many series and rows in all. */
export function accepted(
  id: string,
  what: string,
  content: HostileContent,
  { rows, series = 1, warning }: { rows: number; series?: number; warning?: string },
  options: HostileTableOptions = {},
): HostileTable {
  return { id, what, bytes: thunk(content), options, expect: { series, rows, ...(warning && { warning }) } };
}

function thunk(content: HostileContent): () => Uint8Array {
  if (typeof content === 'function') return content;
  return () => (typeof content === 'string' ? new TextEncoder().encode(content) : content);
}

import { type ErrorCode, RetraceError } from '@retrace/errors';

/** Where in a table something is: `row` is the line of the file, from 1, on which the record begins. */
export interface TablePlace {
  readonly file: string;
  readonly row?: number;
  /** The column's name, or its position from 1 where it has none. */
  readonly column?: string | number;
}

/** Makes the error for a place in a table; the message begins with the place, `details` holds it with `more`. */
export function tableError(
  code: ErrorCode,
  place: TablePlace,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): RetraceError {
  const { file, row, column } = place;
  const where = [
    file,
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(column === undefined ? [] : [`column ${typeof column === 'string' ? quoteName(column) : column}`]),
  ].join(', ');
  const details = { ...place, ...more };
  return new RetraceError(code, `${where}: ${message}`, details, cause === undefined ? {} : { cause });
}

/** Quotes a name from a file for a message, cut to 60 characters, control characters escaped. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}…` : name);
}

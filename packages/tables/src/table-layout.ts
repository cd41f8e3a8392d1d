import { assignRoles, type ColumnRoles } from './column-roles.ts';
import type { OnMissing } from './feature-column.ts';
import type { Header } from './header.ts';
import { checkWidth, type TableLimits } from './limits.ts';
import { fromLocalTime } from './local-time.ts';
import type { DecimalMark } from './parse-number.ts';
import type { ReadSeriesOptions } from './read-series-options.ts';
import type { TableProblems } from './table-problems.ts';
import type { TimeUnit } from './time-column.ts';

/** What must be known of a table to read its cells. */
export interface TableLayout {
  readonly file: string;
  readonly header: Header;
  readonly roles: ColumnRoles;
  /** Whether the caller chose the features; otherwise those that are text are left out. */
  readonly chosen: boolean;
  readonly decimal: DecimalMark;
  readonly missing: ReadonlySet<string>;
  readonly onMissing: OnMissing;
  readonly timeUnit?: TimeUnit;
  /** Turns what a clock in `timeZone` showed into milliseconds since the epoch; undefined for UTC. */
  readonly fromLocal?: (local: number) => number;
  readonly limits: Required<TableLimits>;
  /** Takes the cells that are not what their column holds. */
  readonly problems: TableProblems;
}

/** Lays a table out as `options` say; throws what `assignRoles` does, and `RETRACE_TABLE_LIMIT` for too many columns. */
export function layOut(
  file: string,
  header: Header,
  options: ReadSeriesOptions,
  limits: Required<TableLimits>,
  problems: TableProblems,
): TableLayout {
  const { decimal = '.', missing = [], onMissing = 'error', timeUnit, timeZone } = options;
  checkWidth(header.names.length, limits, { file });
  return {
    file,
    header,
    roles: assignRoles(file, header, options),
    chosen: options.features !== undefined || options.long !== undefined,
    decimal,
    missing: new Set(missing),
    onMissing,
    ...(timeUnit && { timeUnit }),
    ...(timeZone && timeZone !== 'UTC' && { fromLocal: fromLocalTime(timeZone) }),
    limits,
    problems,
  };
}

import { argumentError, nearest } from '@retrace/errors';
import type { Header } from './header.ts';
import type { LongForm } from './long-form.ts';
import { quoteName, tableError } from './table-error.ts';

/** A column, by its name or by its position from 1. */
export type ColumnReference = string | number;

/** Which column of a table serves for what. */
export interface ColumnRoleOptions {
  /** The column of times. Default: none; rows are counted instead. */
  readonly time?: ColumnReference;
  /** The column that names the entity (machine, sensor, patient) of a row. Default: none; the table is one series. */
  readonly by?: ColumnReference;
  /**
   * The columns to read as features, in this order. Default: every other column of numbers. In long form, the names of
   * the parameters. Default: all, in the order of their first events.
   */
  readonly features?: readonly ColumnReference[];
  /** The column of labels, 1 where a row is known to be anomalous. Default: none. */
  readonly label?: ColumnReference;
  /** Where the table is in long form, its columns of parameters and of values. Needs `time`; has no `label`. */
  readonly long?: LongForm;
}

/** The positions, from 0, of the columns that serve for something. */
export interface ColumnRoles {
  readonly time: number | undefined;
  readonly by: number | undefined;
  readonly label: number | undefined;
  readonly parameter: number | undefined;
  readonly features: readonly number[];
}

/**
 * Finds the columns that `options` refer to. Without `features` they are all the rest, but for a nameless one under a
 * header, which is the row index of a data frame.
 *
 * @throws `RETRACE_TABLE_COLUMN` if there is no such column; `RETRACE_INVALID_ARGUMENT` if one has two roles.
 */
export function assignRoles(file: string, header: Header, options: ColumnRoleOptions): ColumnRoles {
  const roles = new Map<number, string>();
  const assign = (argument: string, reference: ColumnReference): number => {
    const position = findColumn(file, header, argument, reference);
    const earlier = roles.get(position);
    if (earlier) throw argumentError(argument, `another column than \`${earlier}\``, reference);
    roles.set(position, argument);
    return position;
  };
  const time = options.time === undefined ? undefined : assign('time', options.time);
  const by = options.by === undefined ? undefined : assign('by', options.by);
  const label = options.label === undefined ? undefined : assign('label', options.label);
  const { long } = options;
  if (long) {
    const parameter = assign('long.parameter', long.parameter);
    return { time, by, label, parameter, features: [assign('long.value', long.value)] };
  }
  const features = options.features
    ? options.features.map((reference, i) => assign(`features[${i}]`, reference))
    : [...header.names.keys()].filter((i) => !roles.has(i) && !header.nameless[i]);
  return { time, by, label, parameter: undefined, features };
}

function findColumn(file: string, { names }: Header, argument: string, reference: ColumnReference): number {
  const position = typeof reference === 'number' ? reference - 1 : names.indexOf(reference);
  if (names[position] !== undefined) return position;
  if (typeof reference === 'number') {
    const message = `There is no column ${reference}, which \`${argument}\` names: there are ${names.length}.`;
    throw tableError('RETRACE_TABLE_COLUMN', { file, column: reference }, message, { argument });
  }
  const near = nearest(reference, names);
  const shown = names.slice(0, 10).map(quoteName).join(', ');
  const remedy = near
    ? `Did you mean ${quoteName(near)}?`
    : `There are ${shown}${names.length > 10 ? ` and ${names.length - 10} more` : ''}.`;
  const message = `There is no such column, which \`${argument}\` names. ${remedy}`;
  throw tableError('RETRACE_TABLE_COLUMN', { file, column: reference }, message, { argument });
}

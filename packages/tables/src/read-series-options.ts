import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import { zoneOffset } from '@retrace/windowing';
import type { ColumnReference, ColumnRoleOptions } from './column-roles.ts';
import type { OnMissing } from './feature-column.ts';
import type { HeaderOption } from './header.ts';
import type { TableLimits } from './limits.ts';
import type { LongForm } from './long-form.ts';
import type { DecimalMark } from './parse-number.ts';
import { TABLE_FORMATS, type TableFormat } from './table-format.ts';
import type { TimeUnit } from './time-column.ts';

export interface ReadSeriesOptions extends ColumnRoleOptions {
  /** The format of the source, gzipped or not. Default: told by its first bytes. */
  readonly format?: TableFormat;
  /** The encoding of text, a label of https://encoding.spec.whatwg.org. Default `'utf-8'`. */
  readonly encoding?: string;
  /** The character between the fields of CSV. Default: detected among comma, semicolon, tab and `|`. */
  readonly delimiter?: string;
  /** Whether the first row of CSV names the columns. Default: detected; without names they are `column1`, `column2`, … */
  readonly header?: HeaderOption;
  /** How `time` counts. Default: detected from its first cell. */
  readonly timeUnit?: TimeUnit;
  /**
   * Where the clocks stood that wrote times without a zone: `'UTC'` (default), an offset such as `'+02:00'`, or an IANA
   * name such as `'Europe/Berlin'`. What a clock showed twice is taken for the first time, what it skipped for an hour
   * later.
   */
  readonly timeZone?: string;
  /** The mark before the decimals of numbers in text. Default `'.'`. */
  readonly decimal?: DecimalMark;
  /**
   * Cells that mean a missing value, such as `['NA', '-999']`, beside the empty cell, which always does. Cells stored as
   * numbers are compared as such.
   */
  readonly missing?: readonly string[];
  /** What becomes of a row in which a feature is missing. Default `'error'`. */
  readonly onMissing?: OnMissing;
  readonly limits?: TableLimits;
  /** Takes what the caller should know of a table that was read all the same. */
  readonly onWarning?: (message: string) => void;
}

const KEYS: readonly (keyof ReadSeriesOptions)[] = [
  'format',
  'encoding',
  'delimiter',
  'header',
  'time',
  'by',
  'features',
  'label',
  'long',
  'timeUnit',
  'timeZone',
  'decimal',
  'missing',
  'onMissing',
  'limits',
  'onWarning',
];

/** Throws `RETRACE_INVALID_ARGUMENT` for an option of another kind than its type says, or for two that conflict. */
export function checkReadSeriesOptions(options: ReadSeriesOptions): void {
  checkKeys('options', options, KEYS);
  const { format, encoding, delimiter, header, timeUnit, timeZone, decimal, missing, onMissing, onWarning } =
    options;
  if (format !== undefined) checkOneOf('format', format, TABLE_FORMATS);
  if (encoding !== undefined) checkEncoding(encoding);
  if (delimiter !== undefined) checkDelimiter(delimiter, decimal);
  if (header !== undefined && typeof header !== 'boolean' && header !== 'shifted')
    throw argumentError('header', "true, false or 'shifted'", header);
  if (timeUnit !== undefined) checkOneOf('timeUnit', timeUnit, ['s', 'ms', 'us', 'iso']);
  if (timeZone !== undefined) zoneOffset(timeZone);
  if (decimal !== undefined) checkOneOf('decimal', decimal, ['.', ',']);
  if (onMissing !== undefined) checkOneOf('onMissing', onMissing, ['error', 'mask', 'drop']);
  if (missing !== undefined && !(Array.isArray(missing) && missing.every((cell) => typeof cell === 'string')))
    throw argumentError('missing', 'an array of strings', missing);
  if (onWarning !== undefined && typeof onWarning !== 'function')
    throw argumentError('onWarning', 'a function', onWarning);
  checkColumns(options);
}

function checkEncoding(encoding: unknown): void {
  const expected = "a label such as 'windows-1252' or 'utf-16le'";
  if (typeof encoding !== 'string') throw argumentError('encoding', expected, encoding);
  try {
    new TextDecoder(encoding);
  } catch {
    throw argumentError('encoding', expected, encoding);
  }
}

function checkDelimiter(delimiter: unknown, decimal: unknown): void {
  if (typeof delimiter !== 'string' || delimiter.length !== 1 || /["\r\n\0]/.test(delimiter))
    throw argumentError('delimiter', 'one character, no quote and no line break', delimiter);
  if (delimiter === decimal) throw argumentError('delimiter', 'another character than `decimal`', delimiter);
}

function checkColumns({ time, by, label, features, long }: ColumnRoleOptions): void {
  if (long !== undefined) checkLong(long, time, label);
  for (const [argument, reference] of Object.entries({ time, by, label }))
    if (reference !== undefined) checkReference(argument, reference);
  if (features === undefined) return;
  if (!Array.isArray(features) || features.length === 0)
    throw argumentError('features', 'an array of at least one column', features);
  for (const [i, reference] of features.entries()) {
    if (!long) checkReference(`features[${i}]`, reference);
    else if (typeof reference !== 'string' || features.indexOf(reference) < i)
      throw argumentError(`features[${i}]`, 'the name of a parameter that occurs once', reference);
  }
}

function checkLong(long: LongForm, time: unknown, label: unknown): void {
  checkKeys('long', long, ['parameter', 'value', 'repeated']);
  checkReference('long.parameter', long.parameter);
  checkReference('long.value', long.value);
  if (long.repeated !== undefined) checkOneOf('long.repeated', long.repeated, ['first', 'last', 'mean']);
  if (time === undefined) throw argumentError('time', 'given: events in long form need times', time);
  if (label !== undefined)
    throw argumentError('label', 'left out: events in long form have no labels', label);
}

function checkReference(argument: string, reference: ColumnReference): void {
  if (typeof reference === 'number') checkInteger(argument, reference, { min: 1 });
  else if (typeof reference !== 'string')
    throw argumentError(argument, "a column's name or number", reference);
}

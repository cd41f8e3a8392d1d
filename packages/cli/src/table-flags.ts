import type { ReadSeriesOptions, TableFormat } from '@retrace/tables';
import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { choiceFlag, listFlag } from './flag-values.ts';

const formats: readonly TableFormat[] = ['csv', 'jsonl', 'parquet', 'arrow', 'npy'];

/** The flags that say how to read the tables. */
export interface TableFlags {
  readonly time?: string;
  readonly by?: string;
  readonly features?: readonly string[];
  readonly label?: string;
  readonly delimiter?: string;
  readonly header?: 'yes' | 'no' | 'shifted';
  readonly decimal?: '.' | ',';
  readonly timeUnit?: 's' | 'ms' | 'us' | 'iso';
  readonly missing?: readonly string[];
  readonly onMissing?: 'error' | 'mask' | 'drop';
  readonly format?: TableFormat;
  readonly encoding?: string;
  readonly timeZone?: string;
  readonly long?: readonly string[];
}

export interface TableFlagTexts {
  /** Which features are read without `--features`. */
  readonly features: string;
  /** What the labels serve for. */
  readonly label: string;
}

/** Adds the flags that say how to read the tables. */
export function addTableFlags(command: Command, texts: TableFlagTexts): void {
  command
    .optionsGroup('Columns:')
    .option(
      '--time <column>',
      'times: ISO 8601, unix seconds to microseconds, or a counter (default: rows are counted)',
    )
    .option('--by <column>', 'the machine, sensor or patient of each row (default: each file is one series)')
    .option(
      '--features <columns>',
      `the columns to watch, separated by commas (default: ${texts.features})`,
      listFlag('--features'),
    )
    .option('--label <column>', `0 or 1, where 1 is known to be anomalous: ${texts.label}`)
    .option(
      '--long <parameter,value>',
      'the columns of events that have one value each, such as parameter,value; parameters become features',
      listFlag('--long'),
    )
    .optionsGroup('Cells:')
    .option(
      '--format <format>',
      `${formats.join(', ')}, gzipped or not (default: told by the first bytes)`,
      choiceFlag('--format', formats),
    )
    .option('--encoding <label>', 'of text, such as windows-1252 or utf-16le (default: utf-8)')
    .option('--delimiter <character>', 'between cells; `tab` for a tab (default: detected)')
    .option(
      '--header <kind>',
      'yes, no or shifted: the first column has no name (default: detected)',
      choiceFlag('--header', ['yes', 'no', 'shifted']),
    )
    .option(
      '--decimal <mark>',
      'before the decimals, . or , (default: .)',
      choiceFlag('--decimal', ['.', ',']),
    )
    .option(
      '--time-unit <unit>',
      's, ms, us or iso (default: detected)',
      choiceFlag('--time-unit', ['s', 'ms', 'us', 'iso']),
    )
    .option('--time-zone <zone>', 'of times that name none: UTC, +02:00, Europe/Berlin (default: UTC)')
    .option(
      '--missing <cells>',
      'what means a missing value beside an empty cell, such as NA,null',
      listFlag('--missing'),
    )
    .option(
      '--on-missing <action>',
      'error, mask (read around the cell) or drop (the row) (default: error)',
      choiceFlag('--on-missing', ['error', 'mask', 'drop']),
    );
}

/**
 * Turns the flags into the options of `readSeries`.
 *
 * @throws `RETRACE_COMMAND_LINE` for flags that contradict each other.
 */
export function toReadOptions(flags: TableFlags, onWarning: (message: string) => void): ReadSeriesOptions {
  const { time, by, features, label, format, encoding, delimiter, header, decimal } = flags;
  const { timeUnit, timeZone, missing, onMissing, long } = flags;
  if (timeUnit !== undefined && time === undefined)
    throw commandLineError('`--time-unit` says how `--time` counts. Give `--time` too.', {
      flag: '--time-unit',
    });
  if (long && (long.length !== 2 || time === undefined))
    throw commandLineError(
      '`--long` takes two columns, that of the parameters and that of the values, and needs `--time`.',
      { flag: '--long' },
    );
  return {
    ...(long && { long: { parameter: long[0]!, value: long[1]! } }),
    ...(timeZone !== undefined && { timeZone }),
    ...(time !== undefined && { time }),
    ...(by !== undefined && { by }),
    ...(features && { features }),
    ...(label !== undefined && { label }),
    ...(format && { format }),
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(header && { header: header === 'shifted' ? header : header === 'yes' }),
    ...(decimal && { decimal }),
    ...(timeUnit && { timeUnit }),
    ...(missing && { missing }),
    ...(onMissing && { onMissing }),
    onWarning,
  };
}

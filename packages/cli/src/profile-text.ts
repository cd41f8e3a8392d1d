import { countOf } from './count-of.ts';
import { durationText } from './duration-text.ts';
import { formatTable } from './format-table.ts';
import { sparkline } from './sparkline.ts';
import { type SuggestedFlags, USUAL_LOOKBACK } from './suggest-flags.ts';
import type { TableProfile } from './table-profile.ts';
import { timeText } from './time-text.ts';

const PLOT_WIDTH = 60;

/** A step so many times the usual one may be a mistake of the clock. */
const SUSPICIOUS = 100;

export interface ProfileTextOptions {
  readonly tables: readonly string[];
  /** Whether a column has the times; otherwise rows are counted. */
  readonly timed: boolean;
}

/** Writes a profile for people to read. */
export function profileText(profile: TableProfile, { tables, timed }: ProfileTextOptions): string {
  const { rows, entities, labelled, features } = profile;
  const { min, median, max } = entities.rows;
  const each =
    min === max ? `, ${countOf(min, 'row')} each` : `, ${min} to ${max} rows, in the median ${median}`;
  const constant = features.filter(({ range }) => range && range.min === range.max).map(({ name }) => name);
  return [
    `${tables.join(', ')}: ${countOf(rows, 'row')} of ${countOf(entities.count, 'series', 'series')}${entities.count > 1 ? each : ''}`,
    ...(timed ? timeLines(profile) : ['time       not given: rows are counted; name its column with --time']),
    ...(labelled === undefined
      ? []
      : [`labels     ${countOf(labelled, 'row')} anomalous, ${percent(labelled / rows)}`]),
    ...(constant.length > 0 ? [`constant   ${constant.join(', ')}`] : []),
    '',
    featureTable(profile),
    plot(profile),
  ].join('\n');
}

/** Writes what to try, and why. */
export function suggestionText(
  command: string,
  { lookback, maxGap, split }: SuggestedFlags,
  gap: string,
): string {
  return [
    'To train on them:',
    `  ${command}`,
    '',
    `--lookback   left to train${lookback.rows === USUAL_LOOKBACK ? '' : `, or ${lookback.rows}`}: ${lookback.why}`,
    ...(maxGap ? [`--max-gap    ${gap}: ${maxGap.why}`] : []),
    split
      ? '--train      the first 0.6 of the rows of each series, the next 0.2 set the threshold, the rest test'
      : '--train      the series are short for parts of their own: give more rows, or lower the lookback',
    '',
  ].join('\n');
}

/** Writes a stretch of time: dates with a unit, a counter as a number. */
export function stepText(step: number, isDate: boolean): string {
  return isDate ? durationText(step) : String(Number(step.toPrecision(6)));
}

function timeLines({ time, steps, repeated, backward, longest }: TableProfile): string[] {
  const moments = [{ time: Float64Array.of(time.to) }];
  const text = timeText(moments);
  const isDate = time.to >= 1e11;
  const [low, usual, high] = [0.05, 0.5, 0.95].map((q) => steps.quantile(q));
  const jumps = longest.filter(({ from, to }) => to - from > SUSPICIOUS * usual! && usual! > 0);
  const regular = steps.total > 0 ? steps.between(usual!, usual!) / steps.total : 1;
  return [
    `time       ${text(time.from)} to ${text(time.to)}`,
    ...(steps.total === 0
      ? []
      : [
          `interval   ${stepText(usual!, isDate)} in the median, ${percent(regular)} of the steps; nine in ten are ` +
            `${stepText(low!, isDate)} to ${stepText(high!, isDate)}`,
        ]),
    ...longest
      .slice(0, 1)
      .filter(({ from, to }) => to - from > high!)
      .map(({ id, from, to }) => `longest    ${stepText(to - from, isDate)}, of '${id}' from ${text(from)}`),
    ...jumps.map(
      ({ id, from, to }) =>
        `jump       '${id}' from ${text(from)} to ${text(to)}: over ${SUSPICIOUS} of the usual steps. Is the clock right?`,
    ),
    ...(repeated > 0 ? [`repeated   ${countOf(repeated, 'row')} at the time of the row before`] : []),
    ...(backward > 0
      ? [`backward   ${countOf(backward, 'row')} earlier than the row before; rows are sorted to train on`]
      : []),
  ];
}

function featureTable({ features, rows }: TableProfile): string {
  return formatTable({
    columns: ['feature', 'missing', 'min', 'mean', 'deviation', 'max'],
    rows: features.map(({ name, missing, range }) => [
      name,
      missing === 0 ? null : percent(missing / rows),
      ...(range ? [range.min, range.mean, range.deviation, range.max].map(short) : [null, null, null, null]),
    ]),
  });
}

function plot({ features, sample, sampled }: TableProfile): string {
  const shown = features.slice(0, 12);
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(
    ({ name }, k) => `${name.padEnd(width)}  ${sparkline(sample.spread(k), PLOT_WIDTH)}`,
  );
  const more = features.length > shown.length ? [`and ${features.length - shown.length} more`] : [];
  return [`'${sampled}' over its rows:`, ...lines, ...more, ''].join('\n');
}

/** A number to four digits, as text: the columns of the table hold numbers of all magnitudes. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

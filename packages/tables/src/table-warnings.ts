import type { Float64Buffer } from './float64-buffer.ts';
import { liesOnItsSide } from './lies-on-its-side.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import type { TableBuilder } from './table-builder.ts';
import { quoteName } from './table-error.ts';

const LABEL_NAME =
  /^(is[_ ]?)?(label|anomal(y|ous)|outlier|fault|attack|changepoint|target|ground[_ ]?truth)$/i;
const TIME_NAME = /^(time|date|date[_ ]?time|time[_ ]?stamp|ts|unix|epoch)$/i;

/**
 * Says what a reader decided without being told, or found odd in the features that nobody chose, and how to decide
 * otherwise.
 *
 * @param complete Whether the table holds all rows, so that their number tells something.
 */
export function* tableWarnings(table: TableBuilder, complete: boolean): Generator<string> {
  const { chosen, header, roles } = table.layout;
  if (chosen) return;
  const read = table.features.filter(({ numeric }) => numeric);
  const left = table.features.filter(({ numeric }) => !numeric);
  if (!header.present && !header.told)
    yield 'The first row holds numbers, so it was read as data, not as a header; see `header`.';
  if (left.length > 0) {
    const texts = left.map(({ name, sample }) => {
      return `${quoteName(name)} (${sample === undefined ? 'empty' : `such as ${quoteName(sample)}`})`;
    });
    yield leftOut('holding no numbers', texts);
  }
  const dated = left.find(({ sample }) => sample !== undefined && parseIsoTime(sample) !== undefined);
  if (dated && roles.time === undefined)
    yield `The column ${quoteName(dated.name)} looks like times, yet rows are counted instead. Name it in \`time\`.`;
  for (const { name, values } of read) {
    if (LABEL_NAME.test(name) && isBinary(values))
      yield `The column ${quoteName(name)} was read as a feature, yet looks like labels. Name it in \`label\`, or list the \`features\`.`;
    if (TIME_NAME.test(name) && roles.time === undefined)
      yield `The column ${quoteName(name)} was read as a feature, yet looks like times. Name it in \`time\`, or list the \`features\`.`;
  }
  if (complete && liesOnItsSide(table))
    yield `There are more features (${read.length}) than rows (${table.rows}). Is the table transposed?`;
}

/** Says that columns were left out, and why; shows five of them. */
export function leftOut(reason: string, columns: readonly string[]): string {
  const more = columns.length > 5 ? ` and ${columns.length - 5} more` : '';
  return `Left out of the features for ${reason}: ${columns.slice(0, 5).join(', ')}${more}.`;
}

function isBinary(values: Float64Buffer): boolean {
  for (let i = 0; i < values.length; i++) if (values.get(i) !== 0 && values.get(i) !== 1) return false;
  return true;
}

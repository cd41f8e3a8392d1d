import { basename } from 'node:path';
import { readRows, readSeries } from '@retrace/tables';
import { profileText, stepText, suggestionText } from './profile-text.ts';
import type { Session } from './session.ts';
import { type SuggestedFlags, suggestFlags } from './suggest-flags.ts';
import { type TableFlags, toReadOptions } from './table-flags.ts';
import { type TableProfile, TableProfiler } from './table-profile.ts';

/** Reads tables once, in memory for their series, not their rows, and tells what they hold and how to train on them. */
export async function inspectTables(
  paths: readonly string[],
  flags: TableFlags,
  session: Session,
): Promise<void> {
  const profiler = new TableProfiler();
  const options = toReadOptions({ onMissing: 'mask', ...flags }, session.warn);
  for (const path of paths) {
    // The parameters of events are only all known at the end of the table.
    const pieces = flags.long && !flags.features ? await readSeries(path, options) : readRows(path, options);
    for await (const series of pieces) {
      session.signal?.throwIfAborted();
      profiler.add(flags.by === undefined && paths.length > 1 ? { ...series, id: path } : series);
    }
  }
  const profile = profiler.finish();
  const suggested = suggestFlags(profile);
  const isDate = profile.time.to >= 1e11;
  const gap = suggested.maxGap ? stepText(suggested.maxGap.value, isDate) : '';
  const hasMissing = profile.features.some(({ missing }) => missing > 0);
  const asked = hasMissing ? { onMissing: 'mask' as const, ...flags } : flags;
  const command = trainCommand(paths, asked, suggested, gap);
  if (session.json)
    await session.printJson({ ...profileJson(profile), suggested: { ...suggested, command } });
  else {
    const told = profileText(profile, { tables: paths, timed: flags.time !== undefined });
    await session.print(`${told}\n${suggestionText(command, suggested, gap)}`);
  }
}

function trainCommand(
  paths: readonly string[],
  flags: TableFlags,
  { split }: SuggestedFlags,
  gap: string,
): string {
  const given = Object.entries({
    time: flags.time,
    by: flags.by,
    features: flags.features?.join(','),
    label: flags.label,
    long: flags.long?.join(','),
    format: flags.format,
    encoding: flags.encoding,
    delimiter: flags.delimiter,
    header: flags.header,
    decimal: flags.decimal,
    'time-unit': flags.timeUnit,
    'time-zone': flags.timeZone,
    missing: flags.missing?.join(','),
    'on-missing': flags.onMissing,
    'max-gap': flags.time === undefined ? '' : gap,
    train: split && String(split.train),
    calibration: split && String(split.calibration),
    out: `${basename(paths[0]!).replace(/\..*$/, '') || 'detector'}.retrace`,
  });
  const words = given.flatMap(([name, value]) => (value ? [`--${name}`, quote(value)] : []));
  return ['retrace train', ...paths.map(quote), ...words].join(' ');
}

/** Quotes a word for a shell, if it needs to be. */
function quote(word: string): string {
  return /^[\w./:,=+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function profileJson({ sample: _, sampled: __, steps, ...profile }: TableProfile): Record<string, unknown> {
  const [low, median, high] = [0.05, 0.5, 0.95].map((q) => steps.quantile(q));
  return { ...profile, ...(steps.total > 0 && { step: { low, median, high } }) };
}

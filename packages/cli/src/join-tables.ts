import { RetraceError } from '@retrace/errors';
import type { ReadSeriesOptions } from '@retrace/tables';
import { groupByEntity, type Series } from '@retrace/windowing';
import { commandLineError } from './command-line-error.ts';

/** A table that was read. */
export interface ReadTable {
  readonly path: string;
  readonly series: readonly Series[];
}

/** Joins the series of several tables; `readTables` says how. */
export function joinTables(
  tables: readonly ReadTable[],
  { by, time, onWarning }: Pick<ReadSeriesOptions, 'by' | 'time' | 'onWarning'>,
): Series[] {
  checkSameFeatures(tables);
  const places = new Map<string, { path: string; series: Series }[]>();
  for (const { path, series } of tables) {
    for (const each of series) places.set(each.id, [...(places.get(each.id) ?? []), { path, series: each }]);
  }
  return [...places].flatMap(([id, found]) => {
    if (found.length === 1) return [found[0]!.series];
    // Files of one name in several folders are told apart by their paths.
    if (by === undefined) return found.map(({ path, series }) => ({ ...series, id: path }));
    if (time === undefined) {
      const paths = found.map(({ path }) => path);
      throw commandLineError(
        `The rows of '${id}' in ${paths.join(' and ')} can only be joined in the order of time. Give \`--time\`.`,
        { id, files: paths },
      );
    }
    const parts = found.map(({ series }) => series);
    return [joinRows(id, parts, onWarning)];
  });
}

function checkSameFeatures([first, ...others]: readonly ReadTable[]): void {
  const expected = first!.series[0]!.features;
  for (const { path, series } of others) {
    const received = series[0]!.features;
    if (received.join('\0') === expected.join('\0')) continue;
    throw new RetraceError(
      'RETRACE_FEATURES',
      `${path}: The features must be those of ${first!.path}, in that order: ${expected.join(', ')}. ` +
        `Received: ${received.join(', ')}. Choose them with \`--features\`.`,
      { file: path, expected, received },
    );
  }
}

function joinRows(
  id: string,
  parts: readonly Series[],
  onWarning: ((message: string) => void) | undefined,
): Series {
  const rows = parts.reduce((sum, { time }) => sum + time.length, 0);
  const { features } = parts[0]!;
  const cells = rows * features.length;
  const time = new Float64Array(rows);
  const values = new Float64Array(cells);
  const observed = new Uint8Array(cells).fill(1);
  const labels = parts[0]!.labels && new Uint8Array(rows);
  let row = 0;
  for (const part of parts) {
    time.set(part.time, row);
    values.set(part.values, row * features.length);
    if (part.observed) observed.set(part.observed, row * features.length);
    if (part.labels) labels?.set(part.labels, row);
    row += part.time.length;
  }
  const [joined] = groupByEntity(
    { ids: [id], entity: new Uint32Array(rows), features, time, values, observed, ...(labels && { labels }) },
    onWarning ? { onWarning } : {},
  );
  return joined!;
}

import type { Series } from '@retrace/windowing';
import type { TableBuilder } from './table-builder.ts';

/** How often something worth a warning was met, and the line of the file where it was met first. */
export interface Occurrence {
  count: number;
  row?: number;
}

export interface AssembledSeries {
  readonly series: Series[];
  /** Rows left out because a cell is missing. */
  readonly dropped: Occurrence;
  /** Rows whose time is before that of the row above, in the same series. */
  readonly unsorted: Occurrence;
  /** Rows whose time is that of the row before, in the same series, once sorted. */
  readonly repeated: Occurrence;
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * Groups the rows of a table into one series for each entity, in the order of the entities' first rows, and sorts
 * each by time; rows of the same time keep their order. Without a time column the rows of each entity are counted,
 * those that are dropped too. An entity without any row left has no series.
 *
 * @param id The name of the one series of a table without an entity column.
 */
export function assembleSeries(table: TableBuilder, id: string): AssembledSeries {
  const columns = table.features.flatMap(({ name, values }): Column[] => (values ? [{ name, values }] : []));
  const lines = table.rows.values;
  const times = table.layout.roles.time === undefined ? undefined : table.times.values;
  const labels = table.layout.roles.label === undefined ? undefined : table.labels.values;
  const ids = table.layout.roles.by === undefined ? [id] : [...table.entities.keys()];
  const result = { series: [] as Series[], dropped: none(), unsorted: none(), repeated: none() };
  for (const [entity, rows] of rowsByEntity(table, ids.length).entries()) {
    const clock = times ? Float64Array.from(rows, (row) => times[row]!) : Float64Array.from(rows.keys());
    let places = Uint32Array.from(rows.keys());
    if (table.layout.onMissing === 'drop') {
      places = places.filter((place) => {
        const complete = columns.every(({ values }) => !Number.isNaN(values[rows[place]!]));
        if (!complete) note(result.dropped, lines[rows[place]!]!);
        return complete;
      });
    }
    if (countSteps(places, clock, (step) => step < 0, result.unsorted, rows, lines) > 0)
      places.sort((a, b) => clock[a]! - clock[b]! || a - b);
    countSteps(places, clock, (step) => step === 0, result.repeated, rows, lines);
    if (places.length === 0) continue;
    const ordered = places.map((place) => rows[place]!);
    result.series.push({
      id: ids[entity]!,
      features: columns.map(({ name }) => name),
      time: Float64Array.from(places, (place) => clock[place]!),
      ...gather(columns, ordered),
      ...(labels && { labels: Uint8Array.from(ordered, (row) => labels[row]!) }),
    });
  }
  return result;
}

function none(): Occurrence {
  return { count: 0 };
}

function note(occurrence: Occurrence, line: number): void {
  occurrence.count++;
  occurrence.row = Math.min(occurrence.row ?? Infinity, line);
}

/** The rows of each entity, in the order of the file. */
function rowsByEntity(table: TableBuilder, entities: number): Uint32Array[] {
  if (table.layout.roles.by === undefined) return [Uint32Array.from(table.rows.values.keys())];
  const entityOfRow = table.entityOfRow.values;
  const counts = new Uint32Array(entities);
  for (const entity of entityOfRow) counts[entity]!++;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (const [row, entity] of entityOfRow.entries()) rows[entity]![counts[entity]!++] = row;
  return rows;
}

function countSteps(
  places: Uint32Array,
  clock: Float64Array,
  matches: (step: number) => boolean,
  occurrence: Occurrence,
  rows: Uint32Array,
  lines: Float64Array,
): number {
  let count = 0;
  for (let i = 1; i < places.length; i++) {
    if (!matches(clock[places[i]!]! - clock[places[i - 1]!]!)) continue;
    note(occurrence, lines[rows[places[i]!]!]!);
    count++;
  }
  return count;
}

/** Values `[rows, features]`, and what of them was observed unless that is everything. */
function gather(columns: readonly Column[], rows: Uint32Array): Pick<Series, 'values' | 'observed'> {
  const values = new Float64Array(rows.length * columns.length);
  let missing = 0;
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const value = column.values[row]!;
      if (Number.isNaN(value)) missing++;
      values[at++] = value;
    }
  }
  return missing === 0
    ? { values }
    : { values, observed: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)) };
}

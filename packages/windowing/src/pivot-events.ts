import { argumentError, checkKeys, checkNumberColumn, checkOneOf, RetraceError } from '@retrace/errors';
import { checkEntities, type EntityCodes, type EntityColumn } from './entity-column.ts';
import { orderByEntity } from './entity-order.ts';
import { checkFeatureNames, checkTimes } from './rows.ts';
import type { Series } from './series.ts';

/** Events in long form, one value each, in any order: who, when, which parameter, how much. */
export interface EventColumns extends EntityColumn {
  /** `[events]`, milliseconds since the epoch or a counter. */
  readonly time: ArrayLike<number>;
  /** `[events]`, the name of each event's parameter, or its position in `features`. */
  readonly parameter: readonly string[] | Uint32Array;
  /** `[events]`, finite. */
  readonly value: ArrayLike<number>;
  /**
   * The parameters that become features, in this order; events of others are left out. Default: all, in the order in
   * which they first appear. Required if `parameter` holds numbers.
   */
  readonly features?: readonly string[];
}

export interface PivotOptions {
  /** Which of several values counts that an entity has for one parameter at one time. Default `'last'`. */
  readonly repeated?: RepeatedEvents;
  /** Is told, once each, of events out of order, repeated, and left out. */
  readonly onWarning?: (message: string) => void;
}

export type RepeatedEvents = 'first' | 'last' | 'mean';

/**
 * Pivots events from long to wide form: the events of one entity at one time become a row with a feature for each
 * parameter, missing (NaN, 0 in `observed`) where there is no event.
 *
 * The series come in the order in which their entities first appear, each in ascending time. See
 * {@link addTimeSinceSeen} for how long ago each parameter was seen.
 *
 * @throws `RETRACE_NOT_FINITE` with the event of a time or a value that is not finite; `RETRACE_INVALID_ARGUMENT`.
 */
export function pivotEvents(events: EventColumns, options: PivotOptions = {}): Series[] {
  checkKeys('events', events, ['entity', 'ids', 'time', 'parameter', 'value', 'features']);
  checkKeys('options', options, ['repeated', 'onWarning']);
  const { repeated = 'last', onWarning } = options;
  checkOneOf('repeated', repeated, ['first', 'last', 'mean']);
  const time = Float64Array.from(checkNumberColumn('time', events.time));
  checkTimes(time, 'the events');
  const value = checkNumberColumn('value', events.value, time.length);
  checkValues(value);
  const entities = checkEntities(events);
  if (entities.codes.length !== time.length) {
    throw argumentError('entity', `of length ${time.length}`, events.entity);
  }
  const { features, column } = parametersOf(events, time.length);
  const kept = keepKnown({ entities, time, value, column }, onWarning);
  return layRows(kept, features, repeated, onWarning);
}

/** Where an event's parameter is none of the features. */
const UNKNOWN = 0xffffffff;

interface Events {
  readonly entities: EntityCodes;
  readonly time: Float64Array;
  readonly value: Float32Array | Float64Array;
  /** `[events]`, the position of each event's parameter among the features, or `UNKNOWN`. */
  readonly column: Uint32Array;
}

function checkValues(value: Float32Array | Float64Array): void {
  const event = value.findIndex((each) => !Number.isFinite(each));
  if (event < 0) return;
  throw new RetraceError(
    'RETRACE_NOT_FINITE',
    `Event ${event} must have a finite value. Received: ${value[event]}. Leave out an event without a value: it is missing.`,
    { event, received: String(value[event]) },
  );
}

function parametersOf(
  { parameter, features }: EventColumns,
  events: number,
): { features: readonly string[]; column: Uint32Array } {
  const numbered = parameter instanceof Uint32Array;
  if (!numbered && !Array.isArray(parameter)) {
    throw argumentError('parameter', 'an array of names or a Uint32Array', parameter);
  }
  if (parameter.length !== events) throw argumentError('parameter', `of length ${events}`, parameter);
  if (numbered && !features) throw argumentError('features', 'given: `parameter` holds numbers', features);
  const positions = new Map<string, number>();
  if (features) for (const [k, name] of checkFeatureNames(features).entries()) positions.set(name, k);
  const column = new Uint32Array(events);
  for (let event = 0; event < events; event++) {
    const key: unknown = parameter[event];
    if (numbered) {
      if ((key as number) >= features!.length) {
        throw argumentError(`parameter[${event}]`, 'a position in `features`', key);
      }
      column[event] = key as number;
      continue;
    }
    if (typeof key !== 'string') throw argumentError(`parameter[${event}]`, 'a string', key);
    if (!features && !positions.has(key)) positions.set(key, positions.size);
    column[event] = positions.get(key) ?? UNKNOWN;
  }
  return { features: checkFeatureNames([...positions.keys()]), column };
}

function keepKnown(events: Events, onWarning: PivotOptions['onWarning']): Events {
  const { entities, time, value, column } = events;
  const kept = new Uint32Array(column.length)
    .map((_, event) => event)
    .filter((event) => column[event] !== UNKNOWN);
  const dropped = column.length - kept.length;
  if (dropped === 0) return events;
  onWarning?.(`Left out ${dropped} of ${column.length} events, whose parameters are not among \`features\`.`);
  return {
    entities: { ids: entities.ids, codes: kept.map((event) => entities.codes[event]!) },
    time: Float64Array.from(kept, (event) => time[event]!),
    value: Float64Array.from(kept, (event) => value[event]!),
    column: kept.map((event) => column[event]!),
  };
}

function layRows(
  { entities: { codes, ids }, time, value, column }: Events,
  features: readonly string[],
  repeated: RepeatedEvents,
  onWarning: PivotOptions['onWarning'],
): Series[] {
  const { order, bounds, sorted } = orderByEntity(codes, ids.length, time);
  if (sorted.count > 0) {
    onWarning?.(
      `Sorted the events of ${sorted.count} of ${ids.length} entities by time ('${ids[sorted.first]}' first).`,
    );
  }
  let doubled = 0;
  const series: Series[] = [];
  for (const [entity, id] of ids.entries()) {
    const [from, to] = [bounds[entity]!, bounds[entity + 1]!];
    if (from === to) continue;
    const place = order.subarray(from, to);
    const times = Float64Array.from(place, (event) => time[event]!).filter(
      (each, i, all) => each !== all[i - 1],
    );
    const values = new Float64Array(times.length * features.length).fill(Number.NaN);
    const seen = new Uint32Array(values.length);
    let row = -1;
    for (const [i, event] of place.entries()) {
      if (i === 0 || time[event] !== time[place[i - 1]!]) row++;
      const cell = row * features.length + column[event]!;
      const count = ++seen[cell]!;
      if (count > 1) doubled++;
      if (count === 1 || repeated === 'last') values[cell] = value[event]!;
      else if (repeated === 'mean') values[cell]! += (value[event]! - values[cell]!) / count;
    }
    const observed = Uint8Array.from(seen, (count) => (count > 0 ? 1 : 0));
    series.push({ id, features, time: times, values, ...(observed.includes(0) && { observed }) });
  }
  if (doubled > 0) {
    onWarning?.(
      `${doubled} events repeat the entity, time and parameter of another; of these the ${repeated} counted.`,
    );
  }
  return series;
}

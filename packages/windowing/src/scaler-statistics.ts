import {
  argumentError,
  checkFormat,
  checkKeys,
  checkNames,
  checkNumbers,
  checkRecord,
  checkState,
} from '@retrace/errors';
import { emptyMoments, type Moments } from './moments.ts';

/** What is known of each feature of some rows, `[features]` each; all 0 for a feature without an observed cell. */
export type MomentsState = { readonly [field in keyof Moments]: readonly number[] };

/** What a scaler is fitted from, as plain JSON: small, whatever the number of rows, and mergeable. */
export interface ScalerStatistics extends MomentsState {
  readonly format: 'retrace-scaler-statistics';
  readonly version: 1;
  readonly features: readonly string[];
  /** The features whose logarithms were taken. */
  readonly log: readonly string[];
  /** The same of the rows of each entity, where the scaler scales each by itself. */
  readonly entities?: readonly (MomentsState & { readonly id: string })[];
}

const fields = ['count', 'origin', 'mean', 'squares', 'min', 'max'] as const;

/** Returns moments as plain JSON. */
export function momentsState(moments: Moments): MomentsState {
  const plain = (field: keyof Moments): number[] =>
    Array.from(moments[field], (value, k) => (moments.count[k] === 0 ? 0 : value));
  return {
    count: plain('count'),
    origin: plain('origin'),
    mean: plain('mean'),
    squares: plain('squares'),
    min: plain('min'),
    max: plain('max'),
  };
}

/** Statistics read back: the moments of all rows, and of each entity's. */
export interface ReadStatistics {
  readonly features: readonly string[];
  readonly log: readonly string[];
  readonly moments: Moments;
  readonly entities: ReadonlyMap<string, Moments> | undefined;
}

/**
 * Reads statistics, checked field by field.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` for those of a later version; `RETRACE_SCALER_STATISTICS`, naming the field, for
 * anything else that a scaler's fitter would not have made.
 */
export function readStatistics(value: unknown): ReadStatistics {
  return checkState('RETRACE_SCALER_STATISTICS', () => {
    const state = checkRecord('statistics', value);
    checkFormat('statistics', state, 'retrace-scaler-statistics');
    checkKeys('statistics', state, ['format', 'version', 'features', 'log', 'entities', ...fields]);
    const features = checkNames('statistics.features', state.features);
    const { log, entities } = state;
    if (!Array.isArray(log) || !log.every((name) => features.includes(name))) {
      throw argumentError('statistics.log', 'an array of some of `statistics.features`', log);
    }
    return {
      features,
      log,
      moments: readMoments('statistics', state, features.length),
      entities: entities === undefined ? undefined : readEntities(entities, features.length),
    };
  });
}

function readEntities(value: unknown, features: number): Map<string, Moments> {
  if (!Array.isArray(value)) throw argumentError('statistics.entities', 'an array', value);
  const entities = new Map<string, Moments>();
  for (const [index, each] of value.entries()) {
    const argument = `statistics.entities[${index}]`;
    const state = checkRecord(argument, each);
    checkKeys(argument, state, ['id', ...fields]);
    const { id } = state;
    if (typeof id !== 'string' || entities.has(id)) {
      throw argumentError(`${argument}.id`, 'a string that occurs once', id);
    }
    entities.set(id, readMoments(argument, state, features));
  }
  return entities;
}

function readMoments(argument: string, state: Record<string, unknown>, features: number): Moments {
  const moments = emptyMoments(features);
  const [count, ...others] = fields;
  moments.count.set(checkNumbers(`${argument}.${count}`, state[count], features, { min: 0 }));
  for (const field of others) {
    const range = field === 'squares' ? { min: 0 } : {};
    const column = checkNumbers(`${argument}.${field}`, state[field], features, range);
    for (let k = 0; k < features; k++) if (moments.count[k] !== 0) moments[field][k] = column[k]!;
  }
  return moments;
}

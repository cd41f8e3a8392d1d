import { argumentError } from '@retrace/errors';

/** Which entity each row belongs to. */
export interface EntityColumn {
  /** `[rows]`, the id of each row's entity, or its position in `ids`. */
  readonly entity: readonly string[] | Uint32Array;
  /** The ids that the numbers in `entity` stand for. Required if `entity` holds numbers, and then only. */
  readonly ids?: readonly string[];
}

/** Entities as numbers, counted in the order in which they first appear. */
export interface EntityCodes {
  readonly codes: Uint32Array;
  readonly ids: readonly string[];
}

/** Numbers the entities of a column; refuses ids that are no strings and numbers that stand for no id. */
export function checkEntities({ entity, ids }: EntityColumn): EntityCodes {
  const numbered = entity instanceof Uint32Array;
  if (!numbered && !Array.isArray(entity))
    throw argumentError('entity', 'an array of ids or a Uint32Array', entity);
  if (numbered !== (ids !== undefined)) {
    throw argumentError(
      'ids',
      numbered ? 'given: `entity` holds numbers' : 'left out: `entity` holds ids',
      ids,
    );
  }
  const found = new Map<string, number>();
  const codes = new Uint32Array(entity.length);
  for (let row = 0; row < entity.length; row++) {
    const key = entity[row]!;
    const id = typeof key === 'number' ? ids?.[key] : key;
    if (typeof id !== 'string') {
      throw argumentError(`entity[${row}]`, numbered ? 'a position in `ids`' : 'a string', key);
    }
    const code = found.get(id) ?? found.size;
    if (code === found.size) found.set(id, code);
    codes[row] = code;
  }
  return { codes, ids: [...found.keys()] };
}

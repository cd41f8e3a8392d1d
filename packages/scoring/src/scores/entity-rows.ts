import { argumentError, checkInteger } from '@retrace/errors';

/** Rows one after the other that are an entity's. An entity may have several such stretches. */
export interface EntityRowCount {
  readonly id: string;
  readonly rows: number;
}

/** The fewest rows with every feature that an entity is measured by: fewer say less of it than all rows do. */
const leastRows = 30;

/** The residuals `[rows, features]` of each entity that has rows enough. */
export function rowsByEntity(
  residuals: Float64Array,
  features: number,
  stretches: readonly EntityRowCount[] | undefined,
): readonly { readonly id: string; readonly residuals: Float64Array }[] {
  if (!Array.isArray(stretches))
    throw argumentError('entities', 'an array that tells whose the rows are, for `perEntity`', stretches);
  const parts = new Map<string, Float64Array[]>();
  let next = 0;
  for (const [index, { id, rows }] of stretches.entries()) {
    checkInteger(`entities[${index}].rows`, rows, { min: 0 });
    const end = next + rows * features;
    parts.set(id, [...(parts.get(id) ?? []), residuals.subarray(next, end)]);
    next = end;
  }
  if (next !== residuals.length) {
    throw argumentError('entities', `stretches of ${residuals.length / features} rows in all`, stretches);
  }
  return [...parts]
    .map(([id, own]) => ({ id, residuals: Float64Array.from(own.flatMap((part) => [...part])) }))
    .filter((entity) => wholeRows(entity.residuals, features) >= leastRows);
}

/** Counts the rows that have every feature. */
function wholeRows(residuals: Float64Array, features: number): number {
  let count = 0;
  for (let at = 0; at < residuals.length; at += features)
    if (!residuals.subarray(at, at + features).some(Number.isNaN)) count++;
  return count;
}

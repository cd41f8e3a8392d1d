import { argumentError } from '@retrace/errors';

/**
 * Refuses what JSON does not keep, such as a function, a typed array, `undefined` or an infinite number: it could be
 * neither stored nor compared.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` naming the path of the first value that is none.
 */
export function checkPlainJson(argument: string, value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkPlainJson(`${argument}[${index}]`, item);
    return;
  }
  if (!isRecord(value)) throw argumentError(argument, 'plain JSON', value, 'Leave it out for its default.');
  for (const [key, item] of Object.entries(value)) checkPlainJson(`${argument}.${key}`, item);
}

/** Tells objects that JSON makes from all others. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Writes plain JSON with sorted keys, so that equal values give equal text. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    isRecord(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

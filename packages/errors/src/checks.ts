import { RetraceError } from './error.ts';
import { nearest } from './nearest.ts';
import { received } from './received.ts';

/**
 * Makes the error for an argument that is not what it must be.
 *
 * @param argument The argument's name or path, such as `units[1]`.
 * @param expected What it must be, to follow the words "must be".
 * @param value What arrived.
 * @param remedy What to do about it, one sentence.
 */
export function argumentError(
  argument: string,
  expected: string,
  value: unknown,
  remedy?: string,
): RetraceError {
  const message = `\`${argument}\` must be ${expected}. Received: ${received(value)}.${remedy ? ` ${remedy}` : ''}`;
  return new RetraceError('RETRACE_INVALID_ARGUMENT', message, {
    argument,
    expected,
    received: received(value),
  });
}

/** Returns `value` if it is an integer in `[min, max]`; throws `RETRACE_INVALID_ARGUMENT` otherwise. */
export function checkInteger(
  argument: string,
  value: unknown,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw argumentError(
    argument,
    `an integer${range(min, max, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)}`,
    value,
  );
}

/** Returns `value` if it is a finite number in `[min, max]`; throws `RETRACE_INVALID_ARGUMENT` otherwise. */
export function checkNumber(
  argument: string,
  value: unknown,
  { min = -Number.MAX_VALUE, max = Number.MAX_VALUE }: { min?: number; max?: number } = {},
): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw argumentError(
    argument,
    `a finite number${range(min, max, -Number.MAX_VALUE, Number.MAX_VALUE)}`,
    value,
  );
}

/** Returns `value` if it is one of `choices`; otherwise throws `RETRACE_INVALID_ARGUMENT`, suggesting the nearest. */
export function checkOneOf<const T extends string>(
  argument: string,
  value: unknown,
  choices: readonly T[],
): T {
  if (choices.includes(value as T)) return value as T;
  const list = choices.map((choice) => `'${choice}'`).join(', ');
  const near = typeof value === 'string' ? nearest(value, choices) : undefined;
  throw argumentError(argument, `one of ${list}`, value, near && `Did you mean '${near}'?`);
}

/**
 * Refuses an options object with a key that nothing reads, so that a misspelt option is never ignored.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if `options` is no object or has a key outside `known`.
 */
export function checkKeys(argument: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw argumentError(argument, 'an object', options);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const remedy = near
      ? `Did you mean \`${near}\`?`
      : `It may have ${known.map((name) => `\`${name}\``).join(', ')}.`;
    throw argumentError(argument, 'an object without unknown keys', key, remedy);
  }
}

function range(min: number, max: number, lowest: number, highest: number): string {
  if (min > lowest && max < highest) return ` from ${min} to ${max}`;
  if (min > lowest) return ` of at least ${min}`;
  return max < highest ? ` of at most ${max}` : '';
}

import { argumentError, checkInteger, checkNumber, checkOneOf } from './checks.ts';
import { type ErrorCode, isRetraceError, RetraceError } from './error.ts';

/**
 * Runs the checks of a fitted state; what they refuse is not the caller's argument but what a file says, an error of
 * its own `code`.
 */
export function checkState<T>(code: ErrorCode, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!isRetraceError(error, 'RETRACE_INVALID_ARGUMENT')) throw error;
    throw new RetraceError(code, error.message, error.details, { cause: error });
  }
}

/** Returns `value` as a record of unknown fields; refuses what is no plain object. */
export function checkRecord(argument: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw argumentError(argument, 'an object', value);
}

/**
 * Refuses a state of another format.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` for a version after 1, which this release does not know.
 */
export function checkFormat(argument: string, state: Record<string, unknown>, format: string): void {
  checkOneOf(`${argument}.format`, state.format, [format]);
  checkInteger(`${argument}.version`, state.version, { min: 1 });
  refuseLaterVersion(`${argument}.version`, state.version);
}

/**
 * Refuses the version of a later release, and nothing else: to be asked before a schema, which knows one version alone.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` for an integer above 1.
 */
export function refuseLaterVersion(argument: string, version: unknown): void {
  if (!Number.isInteger(version) || (version as number) <= 1) return;
  throw new RetraceError(
    'RETRACE_UNSUPPORTED_VERSION',
    `\`${argument}\` is ${version}; this release reads version 1. Update retrace to read it.`,
    { argument, version, supported: 1 },
  );
}

/** Returns a copy of `value` if it is a list of differing names, at least one. */
export function checkNames(argument: string, value: unknown): readonly string[] {
  const valid = Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
  if (valid && new Set(value).size === value.length) return [...value];
  throw argumentError(argument, 'an array of at least one feature name, each different', value);
}

/** Returns a copy of `value` if it is a list of `length` finite numbers in `[min, max]`. */
export function checkNumbers(
  argument: string,
  value: unknown,
  length: number,
  range?: { min?: number; max?: number },
): number[] {
  if (!Array.isArray(value) || value.length !== length) {
    throw argumentError(argument, `an array of ${length} numbers`, value);
  }
  return Array.from(value, (item, index) => checkNumber(`${argument}[${index}]`, item, range));
}

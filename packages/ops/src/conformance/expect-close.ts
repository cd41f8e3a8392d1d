import { RetraceError } from '@retrace/errors';

/**
 * Throws unless every value of `actual` is within `tolerance` of the one expected, where the tolerance counts
 * relative to the largest magnitude expected, or absolutely where that is below 1: a sum of products is exact to
 * the size of its terms, not to its own.
 */
export function expectClose(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  if (actual.length !== expected.length)
    throw failure(`${what} has ${actual.length} values where ${expected.length} were expected`, { what });
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  for (let index = 0; index < expected.length; index++) {
    const error = Math.abs(actual[index]! - expected[index]!);
    if (error <= tolerance * largest) continue;
    throw failure(
      `${what}[${index}] is ${actual[index]} where ${expected[index]} ± ${tolerance * largest} was expected`,
      { what, index, actual: actual[index], expected: expected[index] },
    );
  }
}

/** Throws unless the two numbers are equal. */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw failure(`${what} is ${actual} where ${expected} was expected`, { what, actual, expected });
}

function failure(message: string, details: Record<string, unknown>): RetraceError {
  return new RetraceError('RETRACE_NONCONFORMANT', message, details);
}

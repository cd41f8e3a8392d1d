import { argumentError } from '@retrace/errors';

/** A stretch of time on the command line. */
export interface Duration {
  /** In milliseconds with a unit, else in that of the times: what a counter counts, or milliseconds of dates. */
  readonly value: number;
  readonly hasUnit: boolean;
}

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a duration such as `500ms`, `30s`, `5m`, `2h`, `1.5d`, or a plain number.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` naming `flag`.
 */
export function parseDuration(flag: string, text: string): Duration {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  const value = Number(digits) * (milliseconds[unit] ?? 1);
  if (value > 0 && value < Infinity) return { value, hasUnit: unit !== '' };
  throw argumentError(flag, 'a duration above 0 such as 500ms, 30s, 5m, 2h or 1d, or a plain number', text);
}

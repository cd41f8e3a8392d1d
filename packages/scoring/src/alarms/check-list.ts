import { argumentError, checkNumbers } from '@retrace/errors';

/** Returns a copy of `value` if it is a list of finite numbers in `range`, of a length in `[least, most]`. */
export function checkList(
  argument: string,
  value: unknown,
  { least = 0, most, ...range }: { least?: number; most: number; min?: number; max?: number },
): number[] {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    throw argumentError(argument, `an array of ${least} to ${most} numbers`, value);
  }
  return checkNumbers(argument, value, value.length, range);
}

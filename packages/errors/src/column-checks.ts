import { argumentError } from './checks.ts';

/**
 * Returns `values` as float64, or as it is if it is a float array already.
 *
 * Elements are never coerced: a null, a hole, a string or a bigint among them is `RETRACE_INVALID_ARGUMENT`; `NaN` is a
 * number.
 */
export function checkNumberColumn(
  argument: string,
  values: ArrayLike<number>,
  length?: number,
): Float32Array | Float64Array {
  checkLength(argument, values, length);
  if (values instanceof Float64Array || values instanceof Float32Array) return values;
  const column = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== 'number') throw argumentError(`${argument}[${i}]`, 'a number', value);
    column[i] = value;
  }
  return column;
}

/** Returns `flags` as bytes; anything but 0 and 1 among them is `RETRACE_INVALID_ARGUMENT`. */
export function checkFlagColumn(argument: string, flags: ArrayLike<number>, length: number): Uint8Array {
  checkLength(argument, flags, length);
  for (let i = 0; i < length; i++) {
    if (flags[i] !== 0 && flags[i] !== 1) throw argumentError(`${argument}[${i}]`, '0 or 1', flags[i]);
  }
  return flags instanceof Uint8Array ? flags : Uint8Array.from(flags);
}

/** Refuses what is no array of numbers and what is of another length. */
function checkLength(argument: string, values: ArrayLike<unknown>, length: number | undefined): void {
  const isArray = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  if (!isArray) throw argumentError(argument, 'an array of numbers', values);
  if (length !== undefined && values.length !== length) {
    throw argumentError(argument, `of length ${length}`, values);
  }
}

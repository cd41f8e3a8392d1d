import { argumentError, checkInteger, checkNumber, checkOneOf } from '@retrace/errors';

/** Reads the text of a flag. */
export type FlagParser<T> = (text: string) => T;

interface Range {
  readonly min?: number;
  readonly max?: number;
}

export const positive: Range = { min: Number.MIN_VALUE };
export const notNegative: Range = { min: 0 };
export const below1: Range = { min: 0, max: 1 - Number.EPSILON };

/** Makes the parser of a flag that takes an integer; it throws `RETRACE_INVALID_ARGUMENT` naming `flag`, as all below. */
export function integerFlag(flag: string, range: Range): FlagParser<number> {
  return (text) => checkInteger(flag, /^[+-]?\d+$/.test(text) ? Number(text) : text, range);
}

export function numberFlag(flag: string, range: Range): FlagParser<number> {
  return (text) => {
    const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
    return checkNumber(flag, isNumber ? Number(text) : text, range);
  };
}

/** Takes `true` or `false`. */
export function booleanFlag(flag: string): FlagParser<boolean> {
  return (text) => checkOneOf(flag, text, ['true', 'false']) === 'true';
}

/** Takes one of `choices`. */
export function choiceFlag<const T extends string>(flag: string, choices: readonly T[]): FlagParser<T> {
  return (text) => checkOneOf(flag, text, choices);
}

/** Takes a list of names separated by commas, none empty. */
export function listFlag(flag: string): FlagParser<string[]> {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    if (names.every((name) => name !== '')) return names;
    throw argumentError(flag, 'names separated by commas', text);
  };
}

/** Takes a list of integers separated by commas. */
export function integersFlag(flag: string, range: Range): FlagParser<number[]> {
  const parse = integerFlag(flag, range);
  return (text) => text.split(',').map((part) => parse(part.trim()));
}

import { RetraceError } from '@retrace/errors';

/** A place in the text of a header, moved on by reading JSON of a known form. */
export interface HeaderCursor {
  /** Reads an object, calling `readValue` at each value; refuses a key that comes twice. */
  object(readValue: (key: string) => void): void;
  /** Reads an array of non-negative integers. */
  integers(): number[];
  string(): string;
  /** Refuses anything but white space up to the end. */
  end(): void;
  /** Makes the error of a header that is not as the format says. */
  error(problem: string, details?: Readonly<Record<string, unknown>>): RetraceError;
}

/**
 * Creates a cursor over the JSON of a header.
 *
 * It exists beside `JSON.parse` because that forgets all but the last of two equal keys, gives `__proto__` a
 * meaning and reads values of any depth. This one reads what is asked for and nothing else, without recursion.
 */
export function createHeaderCursor(text: string): HeaderCursor {
  let at = 0;

  function error(problem: string, details: Readonly<Record<string, unknown>> = {}): RetraceError {
    const message = `The header of the safetensors file ${problem}, at character ${at}. The file is damaged or not safetensors.`;
    return new RetraceError('RETRACE_SAFETENSORS_HEADER', message, { ...details, character: at });
  }

  function next(): string {
    while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at++;
    return text.charAt(at);
  }

  function accept(symbol: string): boolean {
    if (next() !== symbol) return false;
    at++;
    return true;
  }

  function expect(symbol: string): void {
    if (!accept(symbol))
      throw error(`has ${at < text.length ? JSON.stringify(next()) : 'its end'} where '${symbol}' belongs`);
  }

  function list(close: string, readItem: () => void): void {
    if (accept(close)) return;
    do readItem();
    while (accept(','));
    expect(close);
  }

  function string(): string {
    expect('"');
    const start = at;
    while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    if (at >= text.length) throw error('ends within a string');
    at++;
    const value = unescaped(text.slice(start - 1, at));
    if (value === undefined)
      throw error('has a string with a wrong escape, a control character or half a surrogate pair');
    return value;
  }

  function integer(): number {
    next();
    const start = at;
    while (/^\d$/.test(text.charAt(at))) at++;
    const digits = text.slice(start, at);
    if (!/^(0|[1-9]\d{0,15})$/.test(digits) || !Number.isSafeInteger(Number(digits)))
      throw error('has something other than an integer from 0 to 2^53 − 1');
    return Number(digits);
  }

  return {
    object(readValue) {
      const keys = new Set<string>();
      expect('{');
      list('}', () => {
        const key = string();
        if (keys.has(key)) throw error(`has the key ${quoted(key)} twice`, { key });
        keys.add(key);
        expect(':');
        readValue(key);
      });
    },
    integers() {
      const values: number[] = [];
      expect('[');
      list(']', () => values.push(integer()));
      return values;
    },
    string,
    end() {
      if (next() !== '') throw error('goes on after its last brace');
    },
    error,
  };
}

/** Quotes a name from a file for an error message, in at most 60 characters. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name);
}

function unescaped(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' && isWellFormed(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether a string has no half of a surrogate pair alone, which UTF-8 could not hold. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

import { joinParts, seal, takeApart } from './sealed-file.ts';

/** Gives integers below a bound, one after the other: what a mutation is decided by. */
type Choose = (bound: number) => number;

/** What stands in the place of something else. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  '',
  '8',
  '../../etc/passwd',
  'https://example.com/x',
  'constructor',
  0,
  -1,
  1.5,
  2,
  1e9,
  2 ** 28,
  2 ** 31,
  2 ** 53,
  1e300,
  [],
  {},
  [[[[]]]],
];
const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'units',
  'kind',
  'version',
  '',
  '\0',
];
const hostileTexts = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  'null',
  '1e999',
  '"__proto__":{"polluted":true},',
];

/**
 * Changes one to three things of a file: bits, bytes, lengths, text of the header, or values and keys of its JSON and of the
 * JSON in its metadata; mostly seals it again, so that what reads it gets past the checksum.
 *
 * @param files Sound files; one is changed, another may be spliced into it.
 * @param numbers Any integers of at least 0, at least one, that decide all: the same numbers, the same file.
 */
export function mutateFile(files: readonly Uint8Array[], numbers: readonly number[]): Uint8Array {
  let taken = 0;
  const choose: Choose = (bound) => numbers[taken++ % numbers.length]! % bound;
  let { header, data } = takeApart(files[choose(files.length)]!);
  for (let changes = 1 + choose(3); changes > 0; changes--) {
    const part = choose(16);
    if (part < 11) header = mutateJson(header, choose);
    else if (part < 13) header = splice(header, choose);
    else data = mutateBytes(data, takeApart(files[choose(files.length)]!).data, choose);
  }
  const file = choose(8) > 0 ? seal({ header, data }) : joinParts({ header, data });
  if (choose(16) > 0) return file;
  return mutateBytes(file, files[choose(files.length)]!, choose);
}

function mutateBytes(bytes: Uint8Array, other: Uint8Array, choose: Choose): Uint8Array {
  const at = choose(bytes.length + 1);
  switch (choose(4)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return joined(bytes, other.subarray(0, choose(64)));
    case 2:
      return joined(bytes.subarray(0, at), other.subarray(at));
    default: {
      const flipped = bytes.slice();
      if (at < flipped.length) flipped[at]! ^= 1 << choose(8);
      return flipped;
    }
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function splice(text: string, choose: Choose): string {
  const at = choose(text.length + 1);
  const kept = text.slice(at + choose(4));
  return text.slice(0, at) + (choose(2) ? hostileTexts[choose(hostileTexts.length)] : '') + kept;
}

/** Changes JSON within JSON too: mostly that, for it is where a spec stands. Text that is not JSON stays as it is. */
function mutateJson(text: string, choose: Choose): string {
  const parsed = tryParse(text);
  if (!parsed) return text;
  const places = placesIn(parsed.value);
  if (places.length === 0) return text;
  const inner = places.filter(({ holder, key }) => isJson(holder[key]));
  const { holder, key } =
    inner.length > 0 && choose(4) > 0 ? inner[choose(inner.length)]! : places[choose(places.length)]!;
  const value = holder[key];
  if (isJson(value) && choose(8) > 0) {
    holder[key] = mutateJson(value, choose);
    return JSON.stringify(parsed.value);
  }
  switch (choose(6)) {
    case 0:
      holder[key] = hostileValues[choose(hostileValues.length)];
      break;
    case 1:
      holder[key] =
        typeof value === 'number' ? [value + 1, -value, value * 1e6, value / 2][choose(4)] : [value];
      break;
    case 2:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 3:
      if (Array.isArray(holder)) holder.push(...Array.from({ length: 1 + choose(80) }, () => value));
      else define(holder, hostileKeys[choose(hostileKeys.length)]!, value);
      break;
    case 4: {
      const other = places[choose(places.length)]!;
      holder[key] = structuredClone(other.holder[other.key]);
      break;
    }
    default:
      return nested(JSON.stringify(parsed.value), choose);
  }
  return JSON.stringify(parsed.value);
}

/** Doubles a key, or nests deep, which only text can. */
function nested(text: string, choose: Choose): string {
  const members = [...text.matchAll(/"[^"\\]*":/g)];
  if (members.length === 0) return text;
  const { 0: member, index } = members[choose(members.length)]!;
  const deep = 10 ** choose(4);
  const inserted = choose(2) ? `${member}1,` : `"a":${'['.repeat(deep)}${']'.repeat(deep)},`;
  return text.slice(0, index) + inserted + text.slice(index);
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  const places: Place[] = [];
  const waiting = [value];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const holder = node as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      waiting.push(holder[key]);
    }
  }
  return places;
}

/** Sets an own property, whatever its name: `__proto__` would otherwise set the prototype. */
function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function isJson(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('{') && tryParse(value) !== undefined;
}

function tryParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

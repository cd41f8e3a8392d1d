import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMetadataJson } from './parse-metadata-json.ts';

describe('parseMetadataJson', () => {
  it('gives what JSON.parse gives, of whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(parseMetadataJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', 'a key twice'],
    ['[{"b":{"a":1,"\\u0061":2}}]', 'a key twice'],
    ['{"__proto__":1,"__proto__":{}}', 'a key twice'],
    ['{"a"', 'not JSON'],
    ['', 'not JSON'],
    ['[NaN]', 'not JSON'],
    ['["a":1]', 'not JSON'],
    ['['.repeat(65), 'more than 64 deep'],
    ['{"a":'.repeat(20_000), 'more than 64 deep'],
  ])('refuses %.40j', (text, problem) => {
    expect(() => parseMetadataJson(text)).toThrow(
      expect.objectContaining({
        code: 'RETRACE_SAFETENSORS_METADATA',
        message: expect.stringContaining(problem),
      }),
    );
  });

  it('takes what looks like keys and brackets within strings', () => {
    const value = { 'a:"{[': ['"\\":', '{"a":1,"a":1}', '[['.repeat(99)] };
    expect(parseMetadataJson(JSON.stringify(value))).toEqual(value);
    expect(parseMetadataJson(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeInstanceOf(Array);
  });

  it('leaves keys without a meaning', () => {
    const value = parseMetadataJson('{"__proto__":{"polluted":true},"constructor":1}') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

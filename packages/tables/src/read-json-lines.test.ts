import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadSeriesOptions, readSeries, type TableSource } from './index.ts';

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function read(source: TableSource | string, options: ReadSeriesOptions = {}) {
  const warnings: string[] = [];
  const told = { ...options, onWarning: (message: string) => warnings.push(message) };
  const series = await readSeries(typeof source === 'string' ? encode(source) : source, told);
  return { series, warnings };
}

const PUMPS = `{"time": "2024-05-01T08:00:00Z", "id": "p1", "flow": 12.5, "ok": true, "note": "a: \\"b\\""}
{"id": "p2", "time": "2024-05-01T08:00:00Z", "flow": "11.9", "ok": false, "note": null}\r

{"time": "2024-05-01T08:05:00Z", "id": "p1", "ok": true, "flow": null}
`;

describe('readSeries', () => {
  it.each<[string, () => TableSource]>([
    ['bytes', () => encode(PUMPS)],
    ['gzip', () => gzipSync(PUMPS)],
    ['a byte order mark', () => encode(`\uFEFF${PUMPS}`)],
    ['a file without a last line break', () => new Blob([PUMPS.trimEnd()])],
  ])('reads JSON lines from %s', async (_, source) => {
    const { series, warnings } = await read(source(), { time: 'time', by: 'id', onMissing: 'mask' });
    const moment = Date.parse('2024-05-01T08:00:00Z');
    expect(series).toEqual([
      {
        id: 'p1',
        features: ['flow', 'ok'],
        time: Float64Array.of(moment, moment + 300_000),
        values: Float64Array.of(12.5, 1, NaN, 1),
        observed: Uint8Array.of(1, 1, 0, 1),
      },
      { id: 'p2', features: ['flow', 'ok'], time: Float64Array.of(moment), values: Float64Array.of(11.9, 0) },
    ]);
    expect(warnings).toEqual([
      'input: Left out of the features for holding no numbers: "note" (such as "a: \\"b\\"").',
    ]);
  });

  it('reads back any numbers that JSON.stringify writes', async () => {
    const name = fc
      .string({ minLength: 1 })
      .filter((text) => !/[\0\uFFFD]/.test(text) && text === text.trim());
    const table = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        rows: fc.array(
          fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
            minLength: names.length,
            maxLength: names.length,
          }),
          { minLength: 1, maxLength: 8 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ names, rows }) => {
        const lines = rows.map(
          (row) => `${JSON.stringify(Object.fromEntries(names.map((key, k) => [key, row[k]])))}\n`,
        );
        const { series } = await read(lines.join(''), { features: names });
        expect(series[0]!.values).toEqual(Float64Array.from(rows.flat(), (value) => value + 0));
      }),
      { numRuns: 300 },
    );
  });

  it("takes names of JavaScript's own for columns like any others", async () => {
    const { series } = await read('{"__proto__": 1, "constructor": 2}\n{"constructor": 4, "__proto__": 3}\n');
    expect(series[0]).toMatchObject({
      features: ['__proto__', 'constructor'],
      values: Float64Array.of(1, 2, 3, 4),
    });
    const absent = '{"__proto__": 1, "toString": 1}\n{"a": 1}\n';
    await expect(read(absent, { features: ['__proto__', 'toString'] })).rejects.toMatchObject({
      details: {
        problems: [
          { column: '__proto__', row: 2 },
          { column: 'toString', row: 2 },
        ],
      },
    });
  });

  it('takes lists and objects inside for text', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { warnings } = await read(`{"flow": 1, "at": {"x": 1}, "deep": ${deep}}\n`);
    expect(warnings[0]).toMatch(/"at" \(such as "\{\\"x\\":1\}"\), "deep" \(such as "/);
    await expect(read('{"flow": [1]}\n', { features: ['flow'] })).rejects.toMatchObject({
      code: 'RETRACE_TABLE_NUMBER',
      details: { row: 1, cell: '[1]' },
    });
  });

  it.each<[string, ReadSeriesOptions, string, Record<string, unknown>]>([
    ['{"a": 1}\n[2]\n{"a": }\n{"a": 3}\n', {}, 'JSON', { row: 2, problems: [{ count: 2 }] }],
    ['{"a": 1}\n{"a": 2, "a": 3}\n', {}, 'JSON', { row: 2, key: 'a' }],
    ['{"a": 1, "b": ":"}\n{"a": 2, "b": "", "\\u0061": 3}\n', {}, 'JSON', { row: 2, key: 'a' }],
    ['{a,b\n1,2\n', {}, 'JSON', { row: 1 }],
    [`${'{"a": 1}\n'.repeat(40_000)}{"a": 1, "b": 2}\n`, {}, 'FIELDS', { row: 40_001, key: 'b' }],
    ['{"a": 1}\n{"a": "x"}\n', {}, 'NUMBER', { row: 2, column: 'a' }],
    ['{"a": 1}\n{"b": 2}\n', {}, 'MISSING', { row: 1, column: 'b' }],
    ['{"a": 1e999}\n', { features: ['a'] }, 'NUMBER', { row: 1 }],
    ['{"a": 1}\n\n\0{"a": 1}\n', {}, 'ENCODING', { row: 3 }],
    [`{"a": 1}\n{"a": "${'x'.repeat(2 ** 20)}"}\n`, {}, 'LIMIT', { row: 2, limit: 'lineLength' }],
    [`{"a": "${'x'.repeat(2 ** 20)}`, {}, 'LIMIT', { row: 1, limit: 'lineLength' }],
    ['{}\n', {}, 'COLUMN', {}],
    ['\n\n', { format: 'jsonl' }, 'EMPTY', {}],
    ['{"": 1, "column1": 2}\n', {}, 'HEADER', { column: 'column1' }],
    ['[{"a": 1}]\n', {}, 'FORMAT', { format: 'a JSON array' }],
  ])('refuses %.40j with %j', async (text, options, code, details) => {
    await expect(read(text, options)).rejects.toMatchObject({ code: `RETRACE_TABLE_${code}`, details });
  });

  it('passes over keys that come late where the features are listed', async () => {
    const { series } = await read(`${'{"a": 1}\n'.repeat(40_000)}{"a": 1, "b": 2}\n`, { features: ['a'] });
    expect(series[0]!.time).toHaveLength(40_001);
  });
});

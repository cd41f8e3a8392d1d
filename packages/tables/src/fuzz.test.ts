import { gzipSync } from 'node:zlib';
import { isRetraceError } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadSeriesOptions, readRows, readSeries, type TableFormat } from './index.ts';

/** `FUZZ_RUNS=1000000` tries as many inputs of each format; an input may take a second, all of them any time. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);

const tokens = [
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '"',
  '""',
  ' ',
  '0',
  '1',
  '-2.5',
  '1e3',
  '1e400',
  'NaN',
  'x',
  'é',
  '\0',
];
const words = [
  'time',
  'id',
  '2015-09-01',
  '2015-09-01 11:25:00Z',
  '1602438412',
  '__proto__',
  '=1',
  'true',
  '\uFEFF',
];
const brackets = ['{', '}', '[', ']', ':', '"time":', '"id":', '"x":', '\\', '\\u00', 'null', '{"x":1}\n'];

const encode = (content: string): Uint8Array => new TextEncoder().encode(content);

function noise(parts: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.array(fc.constantFrom(...parts), { maxLength: 60 }).map((text) => encode(text.join('')));
}

/** Mostly what a reader wants, now and then something else, so that the inside is reached. */
const cell = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 0, max: 1 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom(...tokens, ...words, '') },
);
const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 });

const csvGrid = fc
  .tuple(fc.boolean(), fc.constantFrom(',', ';'), rows)
  .map(([named, mark, cells]) =>
    encode([...(named ? [['time', 'id', 'x']] : []), ...cells].map((row) => `${row.join(mark)}\n`).join('')),
  );

const jsonGrid = rows.map((cells) =>
  encode(cells.map(([time, id, x]) => `{"time": ${time}, "id": "${id}", "x": ${x}}\n`).join('')),
);

const npyArray = fc
  .record({
    version: fc.constantFrom(1, 2, 3, 4),
    descr: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('<f8', '>i2', '|u1', '|b1', '<i8') },
      { weight: 1, arbitrary: fc.constantFrom('|O', '<c16', '<U3', '', '<f') },
    ),
    fortran: fc.boolean(),
    shape: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })) },
      {
        weight: 1,
        arbitrary: fc.array(fc.oneof(fc.nat(4), fc.constantFrom(2 ** 31, 2 ** 53)), { maxLength: 3 }),
      },
    ),
    data: fc.uint8Array({ maxLength: 80 }),
    exact: fc.boolean(),
    cut: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(60) }),
  })
  .map(({ version, descr, fortran, shape, data, exact, cut }) => {
    const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')},), }\n`;
    const size = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
    const elements = shape.reduce((product, length) => product * length, 1);
    const wanted = elements * Number(descr.at(-1));
    const bytes = exact && wanted < 400 ? new Uint8Array(wanted) : data;
    const whole = [0x93, ...encode('NUMPY'), version, 0, ...size, ...encode(text), ...bytes];
    return Uint8Array.from(cut === null ? whole : whole.slice(0, cut));
  });

const bytes = fc.uint8Array({ maxLength: 200 });
const packed = (table: fc.Arbitrary<Uint8Array>) =>
  fc.oneof({ weight: 19, arbitrary: table }, { weight: 1, arbitrary: table.map((raw) => gzipSync(raw)) });

const tables = {
  csv: packed(fc.oneof(noise([...tokens, ...words]), csvGrid, csvGrid, bytes)),
  jsonl: packed(fc.oneof(noise([...tokens, ...words, ...brackets]), jsonGrid, jsonGrid)),
  npy: packed(npyArray),
};

const roles = fc.record(
  {
    time: fc.constantFrom('time', 1, 1),
    by: fc.constantFrom('id', 2, 2),
    label: fc.constantFrom('x', 3, 3),
    header: fc.constantFrom<(boolean | 'shifted')[]>(true, false, 'shifted'),
    onMissing: fc.constantFrom('error', 'mask', 'drop'),
    decimal: fc.constantFrom('.', ','),
    timeZone: fc.constantFrom('Europe/Berlin', '+02:00'),
    encoding: fc.constantFrom('utf-8', 'windows-1252', 'utf-16le'),
  },
  { requiredKeys: [] },
);

const formats = fc.constantFrom<TableFormat[]>('csv', 'jsonl', 'npy', 'parquet', 'arrow');
const options: fc.Arbitrary<ReadSeriesOptions> = fc
  .tuple(roles, formats, fc.nat(19))
  .map(([chosen, format, dice]) => (dice === 0 ? { ...chosen, format } : chosen));

async function collect(table: Uint8Array, chosen: ReadSeriesOptions): Promise<Series[]> {
  const series: Series[] = [];
  for await (const each of readRows(new Blob([new Uint8Array(table)]), chosen)) series.push(each);
  return series;
}

function checkWhole({ time, values, features, observed }: Series): void {
  expect(values).toHaveLength(time.length * features.length);
  expect(time.every((moment, i) => Number.isFinite(moment) && (i === 0 || moment >= time[i - 1]!))).toBe(
    true,
  );
  expect(values.every((value, i) => Number.isFinite(value) === (observed?.[i] !== 0))).toBe(true);
}

describe.each(['csv', 'jsonl', 'npy'] as const)('readSeries and readRows', (format) => {
  it(
    `of any bytes like ${format} and any options give whole series or a named error`,
    async () => {
      let read = 0;
      await fc.assert(
        fc.asyncProperty(tables[format], options, fc.boolean(), async (table, chosen, streaming) => {
          const started = performance.now();
          try {
            for (const series of await (streaming ? collect : readSeries)(table, chosen)) {
              checkWhole(series);
              read++;
            }
          } catch (error) {
            if (!isRetraceError(error)) throw error;
            expect(error.code).toMatch(/^RETRACE_(TABLE_[A-Z]+|INVALID_ARGUMENT)$/);
          }
          expect(performance.now() - started).toBeLessThan(1000);
        }),
        { numRuns: RUNS, skipAllAfterTimeLimit: 12 * 3_600_000 },
      );
      expect(process.memoryUsage().rss).toBeLessThan(2 ** 30);
      // A handful would mean that the generator no longer reaches the inside.
      expect(read, format).toBeGreaterThan(RUNS / 100);
    },
    12 * 3_600_000,
  );
});

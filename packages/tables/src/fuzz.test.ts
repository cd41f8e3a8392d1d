import { gzipSync } from 'node:zlib';
import { isRetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from './index.ts';

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

const noise = fc
  .array(fc.constantFrom(...tokens, ...words), { maxLength: 60 })
  .map((parts) => parts.join(''));

const cell = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 0, max: 1 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom(...tokens, ...words, '') },
);

/** Three columns of numbers, with an odd cell here and there, under a header or none. */
const grid = fc
  .tuple(fc.boolean(), fc.constantFrom(',', ';'), fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }))
  .map(([named, mark, rows]) =>
    [...(named ? [['time', 'id', 'x']] : []), ...rows].map((row) => `${row.join(mark)}\n`).join(''),
  );

const text = fc
  .oneof({ weight: 1, arbitrary: noise }, { weight: 3, arbitrary: grid })
  .map((content) => new TextEncoder().encode(content));
const table = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: text.map((bytes) => gzipSync(bytes)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

const options = fc.record(
  {
    time: fc.constantFrom('time', 1),
    by: fc.constantFrom('id', 2),
    label: fc.constantFrom('x', 3),
    header: fc.constantFrom<(boolean | 'shifted')[]>(true, false, 'shifted'),
    onMissing: fc.constantFrom('error', 'mask', 'drop'),
    decimal: fc.constantFrom('.', ','),
  },
  { requiredKeys: [] },
);

describe('readSeries', () => {
  it('of any bytes and options gives whole series or a named error', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(table, options, async (bytes, chosen) => {
        try {
          for (const { time, values, features, observed } of await readSeries(bytes, chosen)) {
            expect(values).toHaveLength(time.length * features.length);
            expect(
              time.every((moment, i) => Number.isFinite(moment) && (i === 0 || moment >= time[i - 1]!)),
            ).toBe(true);
            expect(values.every((value, i) => Number.isFinite(value) === (observed?.[i] !== 0))).toBe(true);
            read++;
          }
        } catch (error) {
          if (!isRetraceError(error)) throw error;
          expect(error.code).toMatch(/^RETRACE_(TABLE_[A-Z]+|INVALID_ARGUMENT)$/);
        }
      }),
      { numRuns: 1000 },
    );
    // Some 100 of them are whole; a handful would mean that the generator no longer reaches the inside.
    expect(read).toBeGreaterThan(20);
  });
});

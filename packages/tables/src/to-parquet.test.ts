import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ParquetColumn, readSeries, toParquet } from './index.ts';

describe('toParquet', () => {
  it('writes what readSeries reads back, bit for bit', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 });
    const cell = fc.oneof(
      { weight: 5, arbitrary: fc.double({ noDefaultInfinity: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, 5e-324) },
    );
    const table = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        columns: fc.integer({ min: 1, max: 30 }).chain((rows) =>
          fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), {
            minLength: names.length,
            maxLength: names.length,
          }),
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ names, columns }) => {
        const bytes = await toParquet(names.map((each, k) => ({ name: each, values: columns[k]! })));
        const [series] = await readSeries(bytes, { features: names, onMissing: 'mask' });
        const rows = columns[0]!.map((_, i) => columns.map((column) => column[i]!));
        expect(series!.values).toEqual(Float64Array.from(rows.flat()));
      }),
      { numRuns: 300 },
    );
  });

  it('writes text as it is, and moments to the microsecond', async () => {
    const times = [Date.parse('2024-05-01T08:00:00Z'), Date.parse('1969-12-31T23:59:59Z') + 0.125];
    const columns: ParquetColumn[] = [
      { name: 'time', values: times, moments: true },
      { name: 'id', values: ['=p1', 'pümp'] },
      { name: 'flow', values: Float32Array.of(0.5, NaN) },
    ];
    const options = { time: 'time', by: 'id', onMissing: 'mask' } as const;
    const series = await readSeries(await toParquet(columns), options);
    expect(series.map(({ id, time, values }) => [id, time[0], values[0]])).toEqual([
      ['=p1', times[0], 0.5],
      ['pümp', times[1], NaN],
    ]);
  });

  it.each<[ParquetColumn[], string]>([
    [[], 'columns'],
    [[{ name: 'a', values: [Infinity] }], 'columns[0].values[0]'],
    [
      [
        { name: 'a', values: [1] },
        { name: 'a', values: [2] },
      ],
      'columns[1].name',
    ],
  ])('refuses %j', async (columns, argument) => {
    await expect(toParquet(columns)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument },
    });
  });

  it.each(['hyparquet-writer', 'hyparquet', '@uwdata/flechette', 'hyparquet-compressors'])(
    'and the readers name the command that installs %s where it is missing',
    async (name) => {
      vi.resetModules();
      vi.doMock(name, () => {
        throw new Error('no such package');
      });
      try {
        const { readSeries: read, toParquet: write } = await import('./index.ts');
        const file = (path: string) => new URL(`../fixtures/${path}`, import.meta.url);
        const action = {
          'hyparquet-writer': () => write([{ name: 'a', values: [1] }]),
          hyparquet: () => read(file('plain.parquet')),
          '@uwdata/flechette': () => read(file('file.arrow')),
          'hyparquet-compressors': () => read(file('zstd.parquet')),
        }[name];
        await expect(action?.()).rejects.toMatchObject({
          code: 'RETRACE_TABLE_PACKAGE',
          message: expect.stringContaining(`npm install ${name}`),
        });
      } finally {
        vi.doUnmock(name);
        vi.resetModules();
      }
    },
  );
});

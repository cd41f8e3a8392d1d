import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Series } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { type ReadSeriesOptions, readRows, readSeries } from './index.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const { table }: { table: Record<string, (number | string | null)[]> } = JSON.parse(
  readFileSync(new URL('expected.json', fixtures), 'utf8'),
);

const FILES = [
  'plain.parquet',
  'snappy.parquet',
  'zstd.parquet',
  'gzip.parquet',
  'encodings.parquet',
  'file.arrow',
  'stream.arrow',
  'dictionary.arrow',
];

const MOMENTS = ['ms', 'us', 'ns', 'day'];
const NUMBERS = Object.keys(table).filter((name) => ![...MOMENTS, 'id', 'note'].includes(name));

function column(series: readonly Series[], name: string): number[] {
  return series.flatMap(({ features, values }) => {
    const k = features.indexOf(name);
    return Array.from(
      { length: values.length / features.length },
      (_, row) => values[row * features.length + k]!,
    );
  });
}

/** What pyarrow finds in a column, a missing cell as NaN, truths as 0 and 1. */
function expected(name: string): number[] {
  return table[name]!.map((value) => (value === null ? Number.NaN : Number(value)));
}

async function read(file: string, options: ReadSeriesOptions) {
  const warnings: string[] = [];
  const told = { ...options, onWarning: (message: string) => warnings.push(message) };
  return { series: await readSeries(new URL(file, fixtures), told), warnings };
}

describe.each(FILES)('readSeries of %s', (file) => {
  it('finds the numbers that pyarrow wrote', async () => {
    const { series } = await read(file, { time: 'us', features: NUMBERS, onMissing: 'mask' });
    for (const name of NUMBERS) expect(column(series, name), name).toEqual(expected(name));
  });

  it.each(MOMENTS)('finds the moments that pyarrow wrote in %s', async (name) => {
    const { series } = await read(file, { time: name, features: ['f64'] });
    // The last bit: microseconds and nanoseconds since 1970 are more than float64 holds as milliseconds.
    for (const [i, time] of series[0]!.time.entries())
      expect(Math.abs(time - expected(name)[i]!), `${name} ${i}`).toBeLessThan(2.5e-4);
  });

  it('groups by text, and leaves out what holds no numbers', async () => {
    const { series, warnings } = await read(file, { time: 'us', by: 'id', onMissing: 'mask' });
    expect(series.map(({ id, time }) => [id, time.length])).toEqual([
      ['pump 1', 6],
      ['pümp 2', 6],
    ]);
    expect(series[0]!.features).toEqual(NUMBERS.filter((name) => name !== 'empty'));
    expect(warnings.join(' ')).toContain('"note" (such as "note 0")');
    if (/plain|snappy|file|stream/.test(file))
      expect(warnings.join(' ')).toContain('for holding no plain values: "list", "bytes"');
  });

  it('tells missing cells by the number of their row', async () => {
    await expect(read(file, { features: ['f64', 'gaps', 'i32'] })).rejects.toMatchObject({
      code: 'RETRACE_TABLE_MISSING',
      details: {
        row: 1,
        column: 'gaps',
        problems: [
          { column: 'gaps', row: 1, count: 3 },
          { column: 'i32', row: 3, count: 1 },
        ],
      },
    });
  });

  it('finds the same in every kind of source, gzipped too, and as rows', async () => {
    const bytes = readFileSync(new URL(file, fixtures));
    const options = { time: 'us', features: ['f64'] } as const;
    const { series } = await read(file, options);
    for (const source of [
      new Uint8Array(bytes),
      new Blob([bytes]),
      new Blob([bytes]).stream(),
      gzipSync(bytes),
    ])
      expect((await readSeries(source, options))[0]!.values).toEqual(series[0]!.values);
    const rows: Series[] = [];
    for await (const each of readRows(new Uint8Array(bytes), options)) rows.push(each);
    expect(column(rows, 'f64')).toEqual(expected('f64'));
  });

  it('refuses it by a name when it is cut short or damaged, wherever that is', async () => {
    const bytes = new Uint8Array(readFileSync(new URL(file, fixtures)));
    const outcome = async (damaged: Uint8Array) => {
      try {
        await readSeries(damaged, { features: ['f64', 'gaps', 'few', 'i64'], time: 'us', onMissing: 'mask' });
        return 'read';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    };
    const outcomes = new Set<string>();
    const started = performance.now();
    // flechette believes a length that a damaged Arrow header claims, so that only cuts of Arrow are tried.
    const isParquet = file.endsWith('.parquet');
    for (let at = 10; at < bytes.length; at += 13) {
      if (at % 5 === 0) outcomes.add(await outcome(bytes.subarray(0, at)));
      if (isParquet) outcomes.add(await outcome(bytes.map((byte, i) => (i === at ? byte ^ 0xff : byte))));
    }
    // Thousands of them take a second or two where no length is believed that only a header claims.
    expect(performance.now() - started).toBeLessThan(20_000);
    expect([...outcomes].filter((name) => !/^(read|RETRACE_TABLE_[A-Z]+)$/.test(name))).toEqual([]);
    expect(outcomes).toContain('RETRACE_TABLE_FORMAT');
  });
});

describe('readSeries', () => {
  it.each(['plain.parquet', 'file.arrow', 'stream.arrow'])('refuses %s beyond the limits', async (file) => {
    for (const [limits, limit] of [
      [{ rows: 11 }, 'rows'],
      [{ columns: 20 }, 'columns'],
      [{ bytes: 30 }, 'bytes'],
    ] as const)
      await expect(readSeries(new URL(file, fixtures), { limits }), limit).rejects.toMatchObject({
        code: 'RETRACE_TABLE_LIMIT',
        details: { limit },
      });
  });

  it('refuses a compressed Arrow file, saying so', async () => {
    await expect(readSeries(new URL('compressed.feather', fixtures))).rejects.toMatchObject({
      code: 'RETRACE_TABLE_FORMAT',
      message: expect.stringMatching(/compressed.feather: .*compression codec.*Write it uncompressed/),
    });
  });
});

import type { Series } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadSeriesOptions, readRows, readSeries } from './index.ts';

const STAYS = `id,minute,parameter,value
7,2,pH,7.36
7,2,HR,80
9,2,HR,60
7,32,HR,90
7,32,HR,92
7,32,Temp,
`;

const LONG = { time: 'minute', by: 'id', long: { parameter: 'parameter', value: 'value' } } as const;

async function read(text: string, options: ReadSeriesOptions) {
  const warnings: string[] = [];
  const told = { ...options, onWarning: (message: string) => warnings.push(message) };
  return { series: await readSeries(new TextEncoder().encode(text), told), warnings };
}

async function rowsOf(text: string, options: ReadSeriesOptions): Promise<Series[]> {
  const series: Series[] = [];
  for await (const each of readRows(new TextEncoder().encode(text), options)) series.push(each);
  return series;
}

const plain = ({ id, time, values }: Series) => [id, [...time], [...values]];

describe('readSeries', () => {
  it('makes a row of the events of an entity at a time, and a feature of each parameter', async () => {
    const { series } = await read(STAYS.replace('Temp,', 'Temp,37'), LONG);
    expect(series.map(plain)).toEqual([
      ['7', [2, 32], [7.36, 80, NaN, NaN, 92, 37]],
      ['9', [2], [NaN, 60, NaN]],
    ]);
    expect(series[0]!.features).toEqual(['pH', 'HR', 'Temp']);
    expect(series[0]!.observed).toEqual(Uint8Array.of(1, 1, 0, 0, 1, 1));
  });

  it('takes the parameters that are listed, and of repeated values those that are asked for', async () => {
    const long = { ...LONG.long, repeated: 'mean' } as const;
    const { series } = await read(STAYS, { ...LONG, long, features: ['HR', 'pH'], onMissing: 'mask' });
    expect(series.map(plain)).toEqual([
      ['7', [2, 32], [80, 7.36, 91, NaN]],
      ['9', [2], [60, NaN]],
    ]);
  });

  it('refuses a missing value, or leaves its event out', async () => {
    await expect(read(STAYS, LONG)).rejects.toMatchObject({
      code: 'RETRACE_TABLE_MISSING',
      details: { row: 7, column: 'value' },
    });
    const { series, warnings } = await read(STAYS, { ...LONG, onMissing: 'drop' });
    expect(series[0]!.features).toEqual(['pH', 'HR', 'Temp']);
    expect(warnings[0]).toBe('input: Left out 1 of 6 rows for a missing value.');
  });

  it.each<[string, ReadSeriesOptions, string, object]>([
    ['a value that is no number', {}, 'NUMBER', { row: 4, column: 'value', cell: 'high' }],
    ['a parameter without a name', {}, 'MISSING', { row: 3, column: 'parameter' }],
    ['features of which there is none', { features: ['pulse'] }, 'EMPTY', {}],
  ])('refuses %s', async (what, options, code, details) => {
    const broken = { NUMBER: STAYS.replace('60', 'high'), MISSING: STAYS.replace('HR', '') }[code] ?? STAYS;
    await expect(read(broken, { ...LONG, onMissing: 'drop', ...options }), what).rejects.toMatchObject({
      code: `RETRACE_TABLE_${code}`,
      details,
    });
  });

  it.each<[object, string]>([
    [{ time: undefined }, 'time'],
    [{ label: 'value' }, 'label'],
    [{ long: { parameter: 'parameter' } }, 'long.value'],
    [{ long: { ...LONG.long, unit: 'x' } }, 'long'],
    [{ long: { ...LONG.long, repeated: 'max' } }, 'long.repeated'],
    [{ long: { parameter: 'value', value: 'value' } }, 'long.value'],
    [{ features: [1] }, 'features[0]'],
    [{ features: ['HR', 'HR'] }, 'features[1]'],
  ])('refuses the options %j', async (options, argument) => {
    await expect(read(STAYS, { ...LONG, ...options } as ReadSeriesOptions)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument },
    });
  });
});

describe('readRows', () => {
  it('makes a row of events that follow each other, over the pieces of the source too', async () => {
    const event = fc.record({
      id: fc.constantFrom('a', 'b'),
      minute: fc.integer({ min: 0, max: 3 }),
      parameter: fc.constantFrom('HR', 'pH', 'Temp'),
      value: fc.integer({ min: 1, max: 9 }),
    });
    const repeated = fc.constantFrom<('first' | 'last' | 'mean')[]>('first', 'last', 'mean');
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 20 }),
        repeated,
        fc.integer({ min: 1, max: 30 }),
        async (events, kind, size) => {
          const sorted = [...events].sort((a, b) => a.id.localeCompare(b.id) || a.minute - b.minute);
          const csv = `id,minute,parameter,value\n${sorted.map((each) => `${Object.values(each).join(',')}\n`).join('')}`;
          const options = {
            ...LONG,
            long: { ...LONG.long, repeated: kind },
            features: ['pH', 'HR'],
            delimiter: ',',
          } as const;
          const known = sorted.some(({ parameter }) => parameter !== 'Temp');
          const whole = known ? (await read(csv, options)).series : [];
          // The first 4 KiB come as one piece, to tell the format.
          const bytes = new TextEncoder().encode(`${'\n'.repeat(4096)}${csv}`);
          let at = 0;
          const stream = new ReadableStream<Uint8Array>({
            pull(controller) {
              if (at < bytes.length) controller.enqueue(bytes.slice(at, at + size));
              else controller.close();
              at += size;
            },
          });
          const parts: Series[] = [];
          for await (const part of readRows(stream, options)) parts.push(part);
          const ids = [...new Set(parts.map(({ id }) => id))];
          const joined = ids.map((id) => {
            const own = parts.filter((part) => part.id === id);
            return [id, own.flatMap(({ time }) => [...time]), own.flatMap(({ values }) => [...values])];
          });
          expect(joined).toEqual(whole.map(plain));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('makes several rows of events that do not follow each other', async () => {
    const rows = await rowsOf('id,minute,parameter,value\na,0,HR,1\nb,0,HR,2\na,0,pH,3\n', {
      ...LONG,
      features: ['HR', 'pH'],
    });
    expect(rows.map(plain)).toEqual([
      ['a', [0], [1, NaN]],
      ['b', [0], [2, NaN]],
      ['a', [0], [NaN, 3]],
    ]);
  });

  it('needs the features of a table in long form', async () => {
    await expect(rowsOf(STAYS, LONG)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument: 'features' },
    });
  });
});

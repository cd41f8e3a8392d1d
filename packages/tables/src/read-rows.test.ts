import { groupByEntity, type Series } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ReadSeriesOptions, readRows, readSeries, type TableSource } from './index.ts';

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A stream of the pieces, which tells when it is let go. */
function streamOf(pieces: readonly string[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(encode(piece));
    },
    cancel: onCancel,
  });
}

async function read(source: TableSource | string[], options: ReadSeriesOptions = {}) {
  const warnings: string[] = [];
  const series: Series[] = [];
  const opened = Array.isArray(source) ? streamOf(source) : source;
  // With the delimiter told, nothing is read ahead to detect it.
  const told = { delimiter: ',', ...options, onWarning: (message: string) => warnings.push(message) };
  for await (const each of readRows(opened, told)) series.push(each);
  return { series, warnings };
}

describe('readRows', () => {
  it('gives the rows of each entity in the order of the file, cut where time steps back', async () => {
    const csv = 'time,id,flow,label\n5,b,1,0\n1,a,2,0\n6,b,3,1\n6,b,4,0\n2,b,5,0\n2,a,6,1\n';
    const { series, warnings } = await read(encode(csv), { time: 'time', by: 'id', label: 'label' });
    expect(series.map(({ id, time, values, labels }) => [id, [...time], [...values], [...labels!]])).toEqual([
      ['b', [5, 6, 6], [1, 3, 4], [0, 1, 0]],
      ['b', [2], [5], [0]],
      ['a', [1, 2], [2, 6], [0, 1]],
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/^input: Time steps back within an entity \("b" first\)/),
    ]);
  });

  it('gives each piece of the source as it comes, where the features are listed', async () => {
    const pieces = ['time,flow\n', ...[2000, 1, 2].map((count) => '0,1\n'.repeat(count))];
    const { series } = await read(pieces, { time: 'time', features: ['flow'] });
    expect(series.map(({ time }) => time.length)).toEqual([2000, 1, 2]);
  });

  it('counts the rows of each entity through all pieces without a time column, those left out too', async () => {
    const pieces = ['id,flow\n', 'a,1\n'.repeat(2000), 'b,1\na,\na,3\n', 'b,2\n'];
    const { series, warnings } = await read(pieces, { by: 'id', features: ['flow'], onMissing: 'drop' });
    expect(series.map(({ id, time }) => [id, time[0], time.length])).toEqual([
      ['a', 0, 2000],
      ['b', 0, 1],
      ['a', 2001, 1],
      ['b', 1, 1],
    ]);
    expect(warnings).toEqual(['input: Left out 1 of 2004 rows for a missing feature.']);
  });

  it('warns of a step back between pieces', async () => {
    const pieces = [`time,flow\n${'3,1\n'.repeat(2000)}`, '2,1\n'];
    const { series, warnings } = await read(pieces, { time: 'time', features: ['flow'] });
    expect(series).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });

  it('decides on the features by the first pieces, at least 10,000 rows, and refuses text in them later', async () => {
    const [text, numbers] = ['1,ok\n'.repeat(6000), '1,7\n'.repeat(6000)];
    const { series, warnings } = await read(['flow,note\n', text, text, numbers]);
    expect(series.map(({ time, features }) => [time.length, features.join()])).toEqual([
      [12_000, 'flow'],
      [6000, 'flow'],
    ]);
    expect(warnings).toEqual([
      'input: Left out of the features for holding no numbers: "note" (such as "ok").',
    ]);
    const given: number[] = [];
    const reading = async () => {
      for await (const { time } of readRows(streamOf(['flow,note\n', numbers, numbers, text]), {
        delimiter: ',',
      }))
        given.push(time.length);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'RETRACE_TABLE_NUMBER',
      details: { row: 12_002, column: 'note', problems: [{ count: 6000 }] },
    });
    expect(given).toEqual([12_000]);
  });

  it('gives, put together again, what readSeries gives', async () => {
    const row = fc.record({
      time: fc.integer({ min: 0, max: 9 }),
      id: fc.constantFrom('a', 'b', 'c'),
      flow: fc.option(fc.integer({ min: -5, max: 5 }), { nil: '' }),
      label: fc.integer({ min: 0, max: 1 }),
    });
    const table = fc.array(row, { minLength: 1, maxLength: 30 });
    const cuts = fc.array(fc.nat(300), { maxLength: 6 });
    const options = fc.record({
      time: fc.constantFrom('time', undefined),
      by: fc.constantFrom('id', undefined),
      onMissing: fc.constantFrom<('mask' | 'drop')[]>('mask', 'drop'),
    });
    await fc.assert(
      fc.asyncProperty(table, cuts, options, async (rows, at, { time, by, onMissing }) => {
        const csv = `time,id,flow,label\n${rows.map((each) => `${Object.values(each).join(',')}\n`).join('')}`;
        const bounds = [0, ...at.map((cut) => Math.min(cut, csv.length)).sort((a, b) => a - b), csv.length];
        // The first 4 KiB come as one piece, to tell the format.
        const cut = bounds.slice(1).map((end, i) => csv.slice(bounds[i]!, end));
        const pieces = ['\n'.repeat(4096), ...cut];
        const chosen = {
          ...(time && { time }),
          ...(by && { by }),
          features: ['flow'],
          label: 'label',
          onMissing,
        };
        const whole = await readSeries(encode(csv), chosen).catch((error) => error.code);
        const parts = await read(pieces, chosen).catch((error) => error.code);
        expect(typeof parts === 'string' ? parts : joined(parts.series)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('lets go of the source when it is left early', async () => {
    const cancel = vi.fn();
    const pieces = Array.from({ length: 9 }, () => '1\n'.repeat(2000));
    for await (const _ of readRows(streamOf(pieces, cancel), { features: [1], delimiter: ',' })) break;
    expect(cancel).toHaveBeenCalledOnce();
  });

  it.each([
    ['', 'RETRACE_TABLE_EMPTY'],
    ['flow\n', 'RETRACE_TABLE_EMPTY'],
    ['note\nok\n', 'RETRACE_TABLE_COLUMN'],
  ])('refuses %j with %s', async (text, code) => {
    await expect(read(encode(text))).rejects.toMatchObject({ code });
  });
});

/** Puts the short series of `readRows` together as `readSeries` does. */
function joined(parts: readonly Series[]): Series[] {
  const ids = [...new Set(parts.map(({ id }) => id))];
  const values = parts.flatMap((part) => [...part.values]);
  return groupByEntity({
    ids,
    entity: Uint32Array.from(parts.flatMap(({ id, time }) => Array.from(time, () => ids.indexOf(id)))),
    features: parts[0]!.features,
    time: parts.flatMap(({ time }) => [...time]),
    values,
    observed: values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    labels: parts.flatMap(({ labels }) => [...labels!]),
  });
}

import { createSeries, overlapAggregate, slidingWindows } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowAggregator, type RowAggregate, rowAggregates } from './row-aggregator.ts';

interface Laid {
  readonly row: number;
  readonly values: readonly number[];
}

/** Lays windows of one column; each row given out as [row, value, coverage]. */
function given(
  windows: readonly Laid[],
  aggregate: RowAggregate,
  { stride = 1, finish = true } = {},
): number[][] {
  const rows: number[][] = [];
  const steps = Math.max(...windows.map(({ values }) => values.length));
  const aggregator = createRowAggregator(
    { steps, columns: 1, stride, aggregate },
    (row, [value], coverage) => {
      rows.push([row, value!, coverage]);
    },
  );
  for (const { row, values } of windows)
    aggregator.add(Float32Array.from(values), { row, steps: values.length, at: 0, pitch: 1 });
  if (finish) aggregator.settle(Infinity);
  return rows;
}

const windows = [
  { row: 0, values: [1, 10, 12] },
  { row: 1, values: [3, 4, 7] },
  { row: 2, values: [3, 8, 8] },
];

describe('createRowAggregator', () => {
  it.each([
    ['mean', [1, 6.5, 19 / 3, 7.5, 8], [1, 2, 3, 2, 1]],
    ['median', [1, 6.5, 4, 7.5, 8], [1, 2, 3, 2, 1]],
    ['first', [1, 10, 12, 7, 8], [1, 1, 1, 1, 1]],
  ] as const)("by '%s' makes one value of those that overlap on a row", (aggregate, values, coverage) => {
    const expected = values.map((value, row) => [row, value, coverage[row]]);
    expect(given(windows, aggregate)).toEqual(expected);
  });

  it('gives out no row that a later window may cover, and by `first` every row that is covered', () => {
    expect(given(windows, 'mean', { finish: false }).map(([row]) => row)).toEqual([0, 1, 2]);
    expect(given(windows, 'median', { finish: false }).map(([row]) => row)).toEqual([0, 1, 2]);
    expect(given(windows, 'first', { finish: false }).map(([row]) => row)).toEqual([0, 1, 2, 3, 4]);
  });

  it('says before which row all are settled', () => {
    const settledAfter = (aggregate: RowAggregate) => {
      const options = { steps: 3, columns: 1, stride: 1, aggregate };
      const aggregator = createRowAggregator(options, () => {});
      const lay = (row: number) =>
        aggregator.add(Float32Array.of(1, 2, 3), { row, steps: 3, at: 0, pitch: 1 });
      const settled = [aggregator.settled()];
      for (const row of [0, 1, 6]) {
        lay(row);
        settled.push(aggregator.settled());
      }
      aggregator.settle(Infinity);
      return [...settled, aggregator.settled()];
    };
    expect(settledAfter('mean')).toEqual([0, 1, 2, 7, 9]);
    expect(settledAfter('first')).toEqual([0, 3, 4, 9, 9]);
  });

  it('gives out nothing for the rows between windows that do not meet', () => {
    const apart = [
      { row: 1, values: [1, 2] },
      { row: 7, values: [3, 4] },
    ];
    for (const aggregate of rowAggregates)
      expect(given(apart, aggregate, { stride: 6 })).toEqual([
        [1, 1, 1],
        [2, 2, 1],
        [7, 3, 1],
        [8, 4, 1],
      ]);
  });

  it('lays the same values on every row of a window where the pitch is 0', () => {
    const rows: number[][] = [];
    const options = { steps: 3, columns: 2, stride: 3, aggregate: 'first' } as const;
    const aggregator = createRowAggregator(options, (row, values) => rows.push([row, ...values]));
    const values = Float32Array.of(1, 2, 3, 4);
    aggregator.add(values, { row: 0, steps: 3, at: 0, pitch: 0 });
    aggregator.add(values, { row: 2, steps: 3, at: 2, pitch: 0 });
    expect(rows).toEqual([
      [0, 1, 2],
      [1, 1, 2],
      [2, 1, 2],
      [3, 3, 4],
      [4, 3, 4],
    ]);
  });

  it('makes a row with a NaN NaN', () => {
    const broken = [
      { row: 0, values: [1, Number.NaN] },
      { row: 1, values: [5, 2] },
    ];
    for (const aggregate of ['mean', 'median'] as const)
      expect(given(broken, aggregate).map(([, value]) => value)).toEqual([1, Number.NaN, 2]);
  });

  it('equals overlapAggregate, for any windows', () => {
    const spec = fc.record({
      lookback: fc.integer({ min: 1, max: 6 }),
      stride: fc.integer({ min: 1, max: 8 }),
      rows: fc.integer({ min: 6, max: 30 }),
      columns: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(spec, fc.infiniteStream(fc.integer({ min: -99, max: 99 })), (drawn, numbers) => {
        const { lookback, stride, rows, columns } = drawn;
        const time = Array.from({ length: rows }, (_, row) => row);
        const series = createSeries({ id: 'a', features: ['x'], time, values: time });
        const cut = slidingWindows([series], { lookback, stride, anchor: 'both' });
        const size = lookback * columns;
        const values = Float32Array.from({ length: cut.length * size }, () => numbers.next().value!);
        for (const aggregate of ['mean', 'median'] as const) {
          const found = new Float64Array(rows * columns).fill(Number.NaN);
          const aggregator = createRowAggregator(
            { steps: lookback, columns, stride, aggregate },
            (row, cells) => found.set(cells, row * columns),
          );
          for (let index = 0; index < cut.length; index++)
            aggregator.add(values, {
              row: cut.origin(index).row,
              steps: lookback,
              at: index * size,
              pitch: columns,
            });
          aggregator.settle(Infinity);
          expect(found).toEqual(
            overlapAggregate(cut, values, { channels: columns, reduce: aggregate })[0]!.values,
          );
        }
      }),
    );
  });

  it('goes on from its memory at any window as if it had never stopped', () => {
    for (const aggregate of rowAggregates) {
      for (const stop of [0, 1, 2, 3]) {
        const rows: number[][] = [];
        const options = { steps: 3, columns: 1, stride: 1, aggregate } as const;
        const make = (memory?: number[]) =>
          createRowAggregator(
            options,
            (row, [value], coverage) => rows.push([row, value!, coverage]),
            memory,
          );
        let aggregator = make();
        for (const [index, { row, values }] of windows.entries()) {
          if (index === stop) aggregator = make(JSON.parse(JSON.stringify(aggregator.memory())));
          aggregator.add(Float32Array.from(values), { row, steps: 3, at: 0, pitch: 1 });
        }
        if (stop === 3) aggregator = make(aggregator.memory());
        aggregator.settle(Infinity);
        expect(rows).toEqual(given(windows, aggregate));
      }
    }
  });

  it('settles rows before any at which a later window may begin', () => {
    const rows: number[] = [];
    const options = { steps: 3, columns: 1, stride: 3, aggregate: 'mean' } as const;
    const aggregator = createRowAggregator(options, (row) => rows.push(row));
    aggregator.add(Float32Array.of(1, 2, 3), { row: 0, steps: 3, at: 0, pitch: 1 });
    expect(rows).toEqual([0]);
    aggregator.settle(2);
    expect(rows).toEqual([0, 1]);
  });

  it.each([
    ['memory[0]', []],
    ['memory[0]', [-1, 0]],
    ['memory[1]', [4, 3]],
    ['memory[1]', [0, 4]],
    ['memory', [0, 2, 1, 0.5]],
    ['memory[2]', [0, 1, 5, 0.5]],
    ['memory[3]', [0, 1, 1, null]],
  ])('refuses, naming `%s`, the memory %j', (argument, memory) => {
    const make = () =>
      createRowAggregator(
        { steps: 3, columns: 1, stride: 1, aggregate: 'mean' },
        () => {},
        memory as number[],
      );
    expect(make).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        details: expect.objectContaining({ argument }),
      }),
    );
  });
});

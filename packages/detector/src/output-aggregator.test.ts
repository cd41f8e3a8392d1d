import { createSeries, slidingWindows, windowStream } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutputAggregator, valuesPerWindow } from './output-aggregator.ts';
import { createOutputRows } from './output-rows.ts';
import { rowAggregates } from './row-aggregator.ts';
import type { ReaderOutput } from './window-reader.ts';

const features = ['a', 'b'];

describe('createOutputAggregator', () => {
  it('gives a stream of windows the rows that a batch of them gets, to the bit, each once and settled', () => {
    const drawn = fc.record({
      lookback: fc.integer({ min: 1, max: 5 }),
      horizon: fc.integer({ min: 1, max: 3 }),
      shift: fc.integer({ min: -1, max: 2 }),
      stride: fc.integer({ min: 1, max: 6 }),
      steps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 }),
      rows: fc.constantFrom('in', 'out', 'window'),
      aggregate: fc.constantFrom(undefined, ...rowAggregates),
    });
    fc.assert(
      fc.property(drawn, ({ steps, rows, aggregate, ...sizes }) => {
        const output: ReaderOutput = { name: 'prediction', columns: features, rows, variance: false };
        let moment = 0;
        const time = Float64Array.from(steps, (step) => (moment += step));
        const values = Float64Array.from({ length: 2 * time.length }, (_, cell) => Math.sin(cell ** 2));
        const series = createSeries({ id: 's', features, time, values });
        const spec = { ...sizes, minRows: 1, maxGap: 3, anchor: 'both' } as const;
        const windows = slidingWindows([series], spec);
        const size = valuesPerWindow(output, windows.spec);
        /** What is said of the window that begins at a row: numbers of its own. */
        const saidAt = (row: number) =>
          Float32Array.from({ length: size }, (_, k) => Math.cos(100 * row + k));

        const batch = createOutputRows(output, windows, aggregate);
        for (let index = 0; index < windows.length; index++)
          batch.add(index, 1, saidAt(windows.origin(index).row));
        const expected = batch.finish();

        const found = new Float64Array(values.length).fill(Number.NaN);
        const coverage = new Uint32Array(time.length);
        const stream = windowStream(spec, { features });
        const aggregator = createOutputAggregator(output, stream.spec, aggregate, (row, cells, count) => {
          expect(coverage[row]).toBe(0);
          found.set(cells, row * 2);
          coverage[row] = count;
        });
        const take = (cut: ReturnType<typeof stream.push>) => {
          for (const [index, row] of cut.rows.entries())
            aggregator.add(saidAt(row), 0, { row, padding: cut.padding[index]! });
          const settled = aggregator.settled() * 2;
          expect(found.subarray(0, settled)).toEqual(expected.values.subarray(0, settled));
        };
        for (let row = 0; row < time.length; row++)
          take(stream.push([{ id: 's', time: time[row]!, values: values.subarray(row * 2, row * 2 + 2) }]));
        take(stream.flush());
        aggregator.settle(Infinity);
        expect(found).toEqual(expected.values);
        expect(coverage).toEqual(expected.coverage);
      }),
      { numRuns: 200 },
    );
  });
});

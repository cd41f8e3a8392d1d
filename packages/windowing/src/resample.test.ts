import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries } from '../fixtures/arbitrary-series.ts';
import { createSeries, type ResampleOptions, type ResampleRule, resample, runs } from './index.ts';

const rules = ['last', 'mean', 'linear', 'none'] as const;

function column(time: readonly number[], values: readonly number[] = time, labels?: readonly number[]) {
  return createSeries({ id: 'a', features: ['x'], time, values, ...(labels && { labels }) });
}

describe('resample', () => {
  it.each<[ResampleRule, number[], number[]]>([
    ['last', [1, 4, 4, 8, 8], [1, 1, 0, 1, 1]],
    ['mean', [1, 3, Number.NaN, 8, 8], [1, 1, 0, 1, 1]],
    ['linear', [1, 4, 6, 8, Number.NaN], [1, 1, 0, 1, 1]],
    ['none', [1, 4, Number.NaN, 8, 8], [1, 1, 0, 1, 1]],
  ])("lays rows on a grid by '%s', with a mask of what was measured", (rule, values, measured) => {
    const series = column([10, 14, 20, 40, 41], [1, 2, 4, 8, 8]);
    const [grid] = resample([series], { every: 10, rule });
    expect([...grid!.time]).toEqual([10, 20, 30, 40, 50]);
    expect([...grid!.values]).toEqual(values);
    expect([...grid!.measured]).toEqual(measured);
    expect([...(grid!.observed ?? [1, 1, 1, 1, 1])]).toEqual(
      values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    );
  });

  it('takes a rule for each feature', () => {
    const series = createSeries({ id: 'a', features: ['x', 'y'], time: [0, 20], values: [0, 0, 2, 2] });
    const [grid] = resample([series], { every: 10, rule: { x: 'linear', y: 'last' } });
    expect([...grid!.values]).toEqual([0, 0, 1, 0, 2, 2]);
  });

  it('leaves a gap in the grid where rows are too far apart', () => {
    const [grid] = resample([column([0, 10, 35, 40])], { every: 10, maxGap: 20 });
    expect([...grid!.time]).toEqual([0, 10, 40]);
    expect(runs(grid!, 10)).toHaveLength(2);
  });

  it('labels a moment by the rows it stands for, else by the row before', () => {
    const [grid] = resample([column([0, 11, 12, 40, 41], undefined, [0, 1, 0, 0, 0])], { every: 10 });
    expect([...grid!.labels!]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('puts no row beside its grid for the rounding of a quotient', () => {
    const time = Array.from({ length: 1000 }, (_, i) => i * 0.1);
    const [grid] = resample([column(time)], { every: 0.1, rule: 'none' });
    expect([...grid!.time]).toEqual(time);
    expect([...grid!.values]).toEqual(time);
  });

  it('gives every moment what the rule finds in the rows, any rows and distance', () => {
    const cases = fc.record({
      series: arbitrarySeries({ missing: true }),
      every: fc.constantFrom(1, 2, 3, 7),
      rule: fc.constantFrom(...rules),
      gap: fc.constantFrom(2, 3, Infinity),
    });
    fc.assert(
      fc.property(cases, ({ series, every, rule, gap }) => {
        const maxGap = gap * every;
        for (const [entity, grid] of resample(series, { every, rule, maxGap }).entries()) {
          const { time, values, observed, features, labels } = series[entity]!;
          const width = features.length;
          let at = 0;
          for (const [from, to] of runs(series[entity]!, maxGap)) {
            const last = Math.ceil(time[to - 1]! / every);
            for (let index = Math.ceil(time[from]! / every); index <= last; index++, at++) {
              const moment = index * every;
              expect(grid.time[at]).toBe(moment);
              const rows = Array.from({ length: to - from }, (_, i) => from + i);
              const inside = rows.filter((row) => time[row]! > moment - every && time[row]! <= moment);
              const before = rows.filter((row) => time[row]! <= moment);
              const labelled = inside.length > 0 ? inside : before.slice(-1);
              if (inside.length > 0) {
                expect(grid.labels![at]).toBe(labelled.some((row) => labels![row] === 1) ? 1 : 0);
              }
              for (let k = 0; k < width; k++) {
                const seen = (list: number[]) => list.filter((row) => observed?.[row * width + k] !== 0);
                const of = (row: number | undefined) =>
                  row === undefined ? Number.NaN : values[row * width + k]!;
                expect(grid.measured[at * width + k]).toBe(seen(inside).length > 0 ? 1 : 0);
                const expected = expectedCell(rule, moment, time, of, seen(inside), seen(before), seen(rows));
                const found = grid.values[at * width + k]!;
                expect(Number.isNaN(found)).toBe(Number.isNaN(expected));
                // Values are below 5000, and a mean of 25 of them rounds to 1e-12.
                if (!Number.isNaN(found)) expect(Math.abs(found - expected)).toBeLessThan(1e-9);
              }
            }
          }
          expect(grid.time).toHaveLength(at);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['every', { every: 0 }],
    ['every', { every: 1e-9 }],
    ['maxGap', { every: 10, maxGap: 19 }],
    ['rule', { every: 10, rule: 'first' }],
    ['rule', { every: 10, rule: { y: 'last' } }],
    ['rule.x', { every: 10, rule: {} }],
    ['options', { evry: 10 }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => resample([column([0, 10])], options as unknown as ResampleOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

function expectedCell(
  rule: ResampleRule,
  moment: number,
  time: Float64Array,
  of: (row: number | undefined) => number,
  inside: number[],
  before: number[],
  all: number[],
): number {
  if (rule === 'none') return of(inside.at(-1));
  if (rule === 'last') return of(before.at(-1));
  if (rule === 'mean') return inside.reduce((sum, row) => sum + of(row), 0) / inside.length;
  const [left, right] = [before.at(-1), all.find((row) => time[row]! > moment)];
  if (left === undefined || time[left] === moment) return of(left);
  if (right === undefined) return Number.NaN;
  return of(left) + ((of(right) - of(left)) * (moment - time[left]!)) / (time[right]! - time[left]!);
}

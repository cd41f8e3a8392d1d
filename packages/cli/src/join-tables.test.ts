import { createSeries, type Series } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { joinTables } from './join-tables.ts';

function rows(
  id: string,
  time: number[],
  cells: number[],
  more: { observed?: number[]; labels?: number[] } = {},
): Series {
  return createSeries({ id, features: ['a'], time, values: cells, ...more });
}

const early = {
  path: 'early.csv',
  series: [rows('p1', [0, 1], [10, 11], { labels: [0, 1] }), rows('p2', [0], [20], { labels: [0] })],
};
const late = {
  path: 'late.csv',
  series: [rows('p1', [2, 3], [12, Number.NaN], { observed: [1, 0], labels: [1, 0] })],
};

describe('joinTables', () => {
  it('joins the rows of an entity in the order of time, with labels and missing cells', () => {
    const [p1, p2] = joinTables([late, early], { by: 'id', time: 't' });
    expect([...p1!.time]).toEqual([0, 1, 2, 3]);
    expect([...p1!.values]).toEqual([10, 11, 12, Number.NaN]);
    expect([...p1!.observed!]).toEqual([1, 1, 1, 0]);
    expect([...p1!.labels!]).toEqual([0, 1, 1, 0]);
    expect(p2).toBe(early.series[1]);
  });

  it('warns where rows share a time', () => {
    const warnings: string[] = [];
    const again = { path: 'again.csv', series: [rows('p2', [0], [21], { labels: [0] })] };
    joinTables([early, again], { by: 'id', time: 't', onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([
      expect.stringContaining("1 rows have the time of the row before in their entity ('p2'"),
    ]);
  });

  it('names series of one name by their paths where tables are the series', () => {
    const tables = ['a/x.csv', 'b/x.csv'].map((path) => ({ path, series: [rows('x', [0], [1])] }));
    expect(joinTables(tables, {}).map(({ id }) => id)).toEqual(['a/x.csv', 'b/x.csv']);
  });

  it('refuses to join without times, and tables of other features', () => {
    expect(() => joinTables([early, late], { by: 'id' })).toThrow(
      "The rows of 'p1' in early.csv and late.csv",
    );
    const other = createSeries({ id: 'p3', features: ['b'], time: [0], values: [1] });
    expect(() => joinTables([early, { path: 'other.csv', series: [other] }], {})).toThrow(
      'other.csv: The features must be those of early.csv, in that order: a. Received: b.',
    );
  });
});

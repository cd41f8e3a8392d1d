import { describe, expect, it } from 'vitest';
import type { MethodFigures } from './method-figures.ts';
import { nearnessTable } from './nearness-table.ts';

const shares = { precision: 0.12345, recall: 1, f1: null };
const figures = (name: string, median: number | null, more: Partial<MethodFigures> = {}) =>
  ({
    name,
    vus: { roc: 0.98765, pr: 0.5 },
    range: shares,
    affiliation: shares,
    delay: { found: 1, missed: 0, mean: median, median },
    ...more,
  }) as MethodFigures;
const hour = 3_600_000;

describe('nearnessTable', () => {
  it('tells all delays in the unit of the longest, and false alarms by the day, where times are dates', () => {
    const { columns, rows } = nearnessTable(
      [
        figures('network', 6 * hour, { falseAlarmsPerDay: 0.12345 }),
        figures('PCA', hour / 4, { falseAlarmsPerDay: null }),
        figures('discord', null, { falseAlarmsPerDay: 3 }),
      ],
      { lookback: 8 },
    );
    expect(columns.slice(-2)).toEqual(['delay, h', 'false/day']);
    expect(rows.map((row) => row.slice(-2))).toEqual([
      [6, 0.123],
      [0.25, null],
      [null, 3],
    ]);
    expect(rows[0]!.slice(0, 6)).toEqual(['network', 0.988, 0.5, 0.123, 1, null]);
  });

  it('tells delays as they are where times are a counter', () => {
    const { columns, rows, note } = nearnessTable([figures('network', 90_000)], { lookback: 8 });
    expect([columns.at(-1), rows[0]!.at(-1)]).toEqual(['delay', 90_000]);
    expect(note).toContain('the median, in the unit of time.');
    expect(note).not.toContain('day');
  });

  it('tells an interval, and of how many draws, where there is one', () => {
    const interval = { estimate: 0.5, low: 0.41, high: 0.6066, resamples: 1234 };
    const { columns, rows, note } = nearnessTable([figures('network', 1, { interval }), figures('PCA', 1)], {
      lookback: 8,
    });
    expect(columns.at(-1)).toBe('AP, 95 %');
    expect(rows.map((row) => row.at(-1))).toEqual(['0.410 to 0.607', null]);
    expect(note).toContain('on 1,234 draws');
  });
});

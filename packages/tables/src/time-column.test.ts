import { describe, expect, it } from 'vitest';
import type { Cells } from './table-batch.ts';
import { TableProblems } from './table-problems.ts';
import { TimeColumn, type TimeUnit } from './time-column.ts';

/** Reads cells of rows from 2 on, and refuses the problems. */
function read(cells: Cells, unit?: TimeUnit): number[] {
  const problems = new TableProblems('f');
  const column = new TimeColumn({ problems, name: 'time', decimal: '.', ...(unit && { unit }) });
  const { length } = 'milliseconds' in cells ? cells.milliseconds : cells;
  column.add(
    cells,
    Array.from({ length }, (_, i) => i + 2),
  );
  problems.refuse();
  return Array.from({ length }, (_, i) => column.values.get(i));
}

describe('TimeColumn', () => {
  const moment = Date.parse('2020-10-11T17:46:52Z');

  it.each<[string, Cells, number[]]>([
    ['seconds', ['1602438412', '1602438412.5'], [moment, moment + 500]],
    ['milliseconds', ['1602438412000', '1602438412001'], [moment, moment + 1]],
    ['microseconds', ['1602438412000000', '1602438412000500'], [moment, moment + 0.5]],
    ['text', ['2020-10-11 17:46:52', '2020-10-11'], [moment, Date.parse('2020-10-11')]],
    ['a counter', ['-1', '0', '0.5', '7e7'], [-1, 0, 0.5, 7e7]],
    ['a counter that passes 1e8', ['99999999', '100000000', '100000001'], [99999999, 1e8, 100000001]],
    ['seconds that fall below 1e8', ['100000010', '99999999'], [100000010e3, 99999999e3]],
    ['numbers', Float64Array.of(1602438412.5), [moment + 500]],
    ['large integers', BigInt64Array.of(1602438412000500n), [moment + 0.5]],
    [
      'moments, near the epoch too',
      { milliseconds: Float64Array.of(5e9, moment), zoned: true },
      [5e9, moment],
    ],
  ])('recognises %s', (_, cells, times) => {
    expect(read(cells)).toEqual(times);
  });

  it.each([
    ['s', ['0', '1602438412'], [0, moment]],
    ['ms', ['0', '5000000000'], [0, 5e9]],
    ['us', ['1000', '2500'], [1, 2.5]],
    ['iso', ['2020-10-11T17:46:52Z'], [moment]],
  ] as const)('counts as told with the unit %s', (unit, cells, times) => {
    expect(read(cells, unit)).toEqual(times);
  });

  it.each<[Cells, TimeUnit | undefined, RegExp]>([
    [['1', 'x'], undefined, /^f, row 3, column "time": The time "x" is no time\. Write ISO 8601/],
    [['0', '1602438412'], undefined, /another unit than the row before it \(0\)/],
    [['1602438412', '1602438412000'], 's', /another unit/],
    [['50000000000'], undefined, /neither a counter nor unix seconds/],
    [['5'], 'iso', /is a number where ISO 8601 text is expected/],
    [['2020-10-11'], 's', /is text where numbers are expected/],
    [['1e200'], 'ms', /beyond the year 275760/],
    [[''], undefined, /is empty/],
    [[null], undefined, /is empty/],
    [[true], undefined, /is no time/],
    [[Infinity], undefined, /neither a counter/],
    [{ milliseconds: Float64Array.of(0, NaN), zoned: true }, undefined, /row 3.* is empty/],
    [{ milliseconds: Float64Array.of(9e15), zoned: true }, undefined, /beyond the year 275760/],
  ])('refuses %j with the unit %s', (cells, unit, message) => {
    const code = 'RETRACE_TABLE_TIME';
    expect(() => read(cells, unit)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

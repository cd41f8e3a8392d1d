import { describe, expect, it } from 'vitest';
import { TimeColumn, type TimeUnit } from './time-column.ts';

function read(cells: readonly string[], unit?: TimeUnit): number[] {
  const column = new TimeColumn({ file: 'f', name: 'time', decimal: '.', ...(unit && { unit }) });
  for (const [i, cell] of cells.entries()) column.add(cell, i + 2);
  return cells.map((_, i) => column.values.get(i));
}

describe('TimeColumn', () => {
  const moment = Date.parse('2020-10-11T17:46:52Z');

  it.each([
    ['seconds', ['1602438412', '1602438412.5'], [moment, moment + 500]],
    ['milliseconds', ['1602438412000', '1602438412001'], [moment, moment + 1]],
    ['microseconds', ['1602438412000000', '1602438412000500'], [moment, moment + 0.5]],
    ['text', ['2020-10-11 17:46:52', '2020-10-11'], [moment, Date.parse('2020-10-11')]],
    ['a counter', ['-1', '0', '0.5', '7e7'], [-1, 0, 0.5, 7e7]],
    ['a counter that passes 1e8', ['99999999', '100000000', '100000001'], [99999999, 1e8, 100000001]],
    ['seconds that fall below 1e8', ['100000010', '99999999'], [100000010e3, 99999999e3]],
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

  it.each([
    [['1', 'x'], undefined, /^f, row 3, column "time": The time "x" is no time\. Write ISO 8601/],
    [['0', '1602438412'], undefined, /another unit than the row before it \(0\)/],
    [['1602438412', '1602438412000'], 's', /another unit/],
    [['50000000000'], undefined, /neither a counter nor unix seconds/],
    [['5'], 'iso', /is a number where ISO 8601 text is expected/],
    [['2020-10-11'], 's', /is text where numbers are expected/],
    [['1e200'], 'ms', /beyond the year 275760/],
    [[''], undefined, /is empty/],
  ] as const)('refuses %j with the unit %s', (cells, unit, message) => {
    const code = 'RETRACE_TABLE_TIME';
    expect(() => read(cells, unit)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

import { accepted, type HostileTable, refused } from './hostile-table.ts';

const TIME = { time: 'time' };

/** Times in disorder, in mixed units and zones, at the ends of the calendar, and no times. */
export function timeTables(): HostileTable[] {
  const times = (...cells: string[]): string =>
    `time,flow\n${cells.map((cell, i) => `${cell},${i}\n`).join('')}`;
  const code = 'RETRACE_TABLE_TIME';
  const second = { row: 3, column: 'time' };
  return [
    accepted('B12', 'times in disorder', times('2', '0', '1'), { rows: 3, warning: 'Sorted' }, TIME),
    accepted(
      'B13',
      'a time twice',
      times('0', '1', '1'),
      { rows: 3, warning: 'time of the row before' },
      TIME,
    ),
    accepted(
      'B14',
      'clocks put back',
      times('2024-10-27 02:30', '2024-10-27 02:00'),
      { rows: 2, warning: 'Sorted' },
      TIME,
    ),
    refused('B15-ms', 'seconds, then milliseconds', times('1600000000', '1600000060000'), code, second, TIME),
    refused(
      'B15-us',
      'milliseconds, then microseconds',
      times('1600000000000', '1600000060000000'),
      code,
      second,
      TIME,
    ),
    refused(
      'B15-told',
      'the same, told it is milliseconds',
      times('1600000000000', '1600000060000000'),
      code,
      second,
      { ...TIME, timeUnit: 'ms' },
    ),
    refused('B15-iso', 'text, then numbers', times('2020-01-01', '1600000000'), code, second, TIME),
    refused('B15-number', 'numbers, then text', times('0', '2020-01-01'), code, second, TIME),
    refused(
      'B15-compact',
      'a date without dashes',
      times('20150901112500', '20150901113000'),
      code,
      { row: 2, column: 'time' },
      TIME,
    ),
    refused('B15-ns', 'nanoseconds', times('1600000000000000000'), code, { row: 2, column: 'time' }, TIME),
    accepted(
      'B16',
      'the ends of the calendar and a leap second',
      times('1970-01-01', '2016-12-31T23:59:60', '9999-12-31 23:59:59'),
      { rows: 3 },
      TIME,
    ),
    refused('B16-day', 'a day that no month has', times('2015-02-28', '2015-02-30'), code, second, TIME),
    refused('B16-order', 'day, month, year', times('01/02/2015'), code, { row: 2, column: 'time' }, TIME),
    refused('B16-far', 'a time beyond all dates', times('1', '1e300'), code, second, {
      ...TIME,
      timeUnit: 's',
    }),
    refused('B17', 'a zone in some rows', times('2020-01-01T00:00', '2020-01-01T00:00Z'), code, second, TIME),
    accepted(
      'B17-offsets',
      'different zones',
      times('2020-03-29T01:59+01:00', '2020-03-29T03:00+02:00'),
      { rows: 2 },
      TIME,
    ),
    refused('B17-empty', 'a row without a time', times('0', ''), code, second, TIME),
    accepted('B19', 'irregular gaps', times('0', '7', '1000'), { rows: 3 }, TIME),
  ];
}

import { accepted, type HostileTable, refused } from './hostile-table.ts';

const TIME = { time: 'time' };

/** Tables whose delimiters, quotes, rows or header are not what they seem. */
export function structureTables(): HostileTable[] {
  const wide = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
  const shifted = '"date","flow"\n"1","2015-02-04 17:51:00",1\n"2","2015-02-04 17:52:00",2\n';
  const sideways = `${Array.from({ length: 4 }, (_, i) => Array.from({ length: 40 }, (_, k) => i + k / 8).join(',')).join('\n')}\n`;
  return [
    accepted('A11-semicolon', 'semicolons', 'time;flow\n0;1.5\n1;2.5\n', { rows: 2 }, TIME),
    accepted('A11-tab', 'tabs', 'time\tflow\n0\t1.5\n1\t2.5\n', { rows: 2 }, TIME),
    accepted('A11-bar', 'bars', 'time|flow\n0|1.5\n1|2.5\n', { rows: 2 }, TIME),
    refused('A14', 'a quote that is never closed', 'time,flow\n0,1\n1,"2\n', 'RETRACE_TABLE_QUOTE', {
      row: 3,
      column: 2,
    }),
    refused(
      'A14-long',
      'a quote that swallows megabytes',
      () => encode(`time,flow\n0,1\n1,"2\n${'3,4\n'.repeat(1e6)}`),
      'RETRACE_TABLE_LIMIT',
      { row: 3 },
    ),
    refused('A14-after', 'text after a closing quote', 'id,flow\n"a"b,1\n', 'RETRACE_TABLE_QUOTE', {
      row: 2,
      column: 1,
    }),
    accepted(
      'A15',
      'a line break inside quotes',
      'id,flow\n"pump\n1",1\n"pump ""2""",2\n',
      { rows: 2, series: 2 },
      { by: 'id' },
    ),
    refused(
      'A15-row',
      'a bad cell below a quoted line break',
      'id,flow\n"a\r\nb",1\nc,x\n',
      'RETRACE_TABLE_NUMBER',
      { row: 4, column: 'flow' },
    ),
    refused('A16-short', 'a row cut short', 'time,flow\n0,1\n1\n', 'RETRACE_TABLE_FIELDS', { row: 3 }),
    refused('A16-long', 'a field too many', 'time,flow\n0,1\n1,2,3\n', 'RETRACE_TABLE_FIELDS', { row: 3 }),
    refused(
      'A16-shifted',
      'a header with one name fewer than there are fields',
      shifted,
      'RETRACE_TABLE_FIELDS',
      { row: 2 },
    ),
    accepted('A16-told', 'the same, told so', shifted, { rows: 2 }, { header: 'shifted', time: 'date' }),
    refused('A17', 'two columns of one name', 'time,flow,flow\n0,1,2\n', 'RETRACE_TABLE_HEADER', {
      row: 1,
      column: 'flow',
    }),
    accepted(
      'A18',
      "names of JavaScript's own",
      '__proto__,constructor,toString\n0,1,2\n1,3,4\n',
      { rows: 2 },
      { time: '__proto__' },
    ),
    refused('A19', '100,000 columns', () => encode(`${wide}\n${wide}\n`), 'RETRACE_TABLE_LIMIT', { row: 1 }),
    refused(
      'A20',
      'a line of megabytes',
      () => encode(`time,flow\n0,${'1'.repeat(4e6)}\n`),
      'RETRACE_TABLE_LIMIT',
      { row: 2 },
    ),
    refused(
      'A21',
      'a column name of megabytes',
      () => encode(`time,${'x'.repeat(4e6)}\n0,1\n`),
      'RETRACE_TABLE_LIMIT',
      { row: 1 },
    ),
    accepted(
      'A22',
      'formulas for names of entities',
      "id,flow\n=cmd|' /C calc'!A0,1\n@SUM(A1),2\n",
      { rows: 2, series: 2 },
      { by: 'id' },
    ),
    refused('A28', 'a table on its side', sideways, 'RETRACE_TABLE_TRANSPOSED'),
    accepted(
      'A28-told',
      'a wide table without a header, told so',
      sideways,
      { rows: 4, warning: 'transposed' },
      { header: false },
    ),
    accepted('A28-bare', 'no header', '0,1.5\n1,2.5\n', { rows: 2, warning: 'header' }),
    refused(
      'A16-unknown',
      'a column that is not there',
      'time,flow\n0,1\n',
      'RETRACE_TABLE_COLUMN',
      { column: 'tiem' },
      { time: 'tiem' },
    ),
    refused('A16-text', 'no column of numbers', 'id,state\na,on\nb,off\n', 'RETRACE_TABLE_COLUMN'),
  ];
}

function encode(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

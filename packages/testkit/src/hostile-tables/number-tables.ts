import { accepted, type HostileTable, refused } from './hostile-table.ts';

const TIME = { time: 'time' };

/** Cells that only look like numbers, and missing ones. */
export function numberTables(): HostileTable[] {
  const strange = [
    '1_000',
    '1e400',
    '0x10',
    'Infinity',
    'NaN',
    'null',
    'N/A',
    '-',
    '"1,000"',
    '1.2.3',
    '5%',
    'true',
  ];
  const flow = (cell: string): string => `time,flow\n0,1\n1,${cell}\n2,3\n`;
  const commas = 'time;flow\n0;1,5\n1;2,5\n';
  const at = { row: 3, column: 'flow' };
  return [
    ...strange.map((cell) =>
      refused(`A13 ${cell}`, `${cell} among numbers`, flow(cell), 'RETRACE_TABLE_NUMBER', at),
    ),
    refused('A12', 'decimal commas', commas, 'RETRACE_TABLE_NUMBER', { row: 2, column: 'flow' }),
    accepted('A12-told', 'decimal commas, told so', commas, { rows: 2 }, { ...TIME, decimal: ',' }),
    refused('A13-first', 'text above the first number', 'time,flow\n0,N/A\n1,2\n', 'RETRACE_TABLE_NUMBER', {
      row: 2,
      column: 'flow',
    }),
    refused('A13-empty', 'an empty cell', flow(''), 'RETRACE_TABLE_MISSING', at),
    accepted(
      'A13-mask',
      'missing cells, masked',
      flow('N/A'),
      { rows: 3 },
      { ...TIME, missing: ['N/A'], onMissing: 'mask' },
    ),
    accepted(
      'A13-drop',
      'missing cells, dropped',
      flow(''),
      { rows: 2, warning: 'missing' },
      { ...TIME, onMissing: 'drop' },
    ),
    refused(
      'A13-none',
      'a missing cell in every row',
      'time,flow\n0,\n1,\n',
      'RETRACE_TABLE_EMPTY',
      {},
      { features: ['flow'], onMissing: 'drop' },
    ),
    accepted(
      'B2',
      'a column of NaN',
      'time,flow,head\n0,1,NaN\n1,2,NaN\n',
      { rows: 2, warning: '"head" (such as "NaN")' },
      TIME,
    ),
    refused(
      'B2-told',
      'a column of NaN, asked for',
      'time,flow\n0,NaN\n',
      'RETRACE_TABLE_NUMBER',
      { row: 2, column: 'flow' },
      { features: ['flow'] },
    ),
    refused('B3', 'minus infinity', flow('-Infinity'), 'RETRACE_TABLE_NUMBER', at),
    accepted('B8', 'a column that never changes', 'time,flow\n0,1\n1,1\n', { rows: 2 }, TIME),
    accepted('B10', 'the ends of float64', flow('1e308').replace('2,3', '2,5e-324'), { rows: 3 }, TIME),
  ];
}

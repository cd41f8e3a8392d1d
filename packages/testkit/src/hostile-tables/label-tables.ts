import { accepted, type HostileTable, refused } from './hostile-table.ts';

const PUMPS = { time: 'time', by: 'id', label: 'label' };

/** Labels and entities that are odd, or none. */
export function labelTables(): HostileTable[] {
  const pumps = (label: string): string => `time,id,flow,label\n0,p1,1,0\n0,p2,5,${label}\n1,p1,2,1\n`;
  const many = (): Uint8Array =>
    new TextEncoder().encode(`id,flow\n${Array.from({ length: 50_000 }, (_, i) => `p${i},${i}\n`).join('')}`);
  const at = { row: 3, column: 'label' };
  return [
    accepted('B20', 'entities interleaved', pumps('0'), { rows: 3, series: 2 }, PUMPS),
    accepted('B21', 'an entity of one row', pumps('true'), { rows: 3, series: 2 }, PUMPS),
    accepted('B22', 'very many entities', many, { rows: 50_000, series: 50_000 }, { by: 'id' }),
    refused(
      'B22-empty',
      'a row of no entity',
      pumps('0').replace('p2', ''),
      'RETRACE_TABLE_MISSING',
      { row: 3, column: 'id' },
      PUMPS,
    ),
    accepted(
      'B23',
      'labels among the features',
      pumps('0'),
      { rows: 3, series: 2, warning: 'looks like labels' },
      { time: 'time', by: 'id' },
    ),
    ...['2', 'yes', '0.5', '-1', 'NaN', ''].map((label) =>
      refused(
        `B24 ${label || 'empty'}`,
        `${label || 'nothing'} for a label`,
        pumps(label),
        'RETRACE_TABLE_LABEL',
        at,
        PUMPS,
      ),
    ),
    accepted('B24-false', 'labels in words', pumps('FALSE'), { rows: 3, series: 2 }, PUMPS),
  ];
}

import { describe, expect, it } from 'vitest';
import { formatTable } from './format-table.ts';

describe('formatTable', () => {
  it('sets numbers to the right with the same decimals, text to the left, null as a dash', () => {
    const columns = ['method', 'AP', 'rows', 'peak'];
    const rows = [
      ['autoencoder', 0.91234, 5, 1234.5],
      ['PCA', null, 12, 3.25],
    ];
    expect(formatTable({ columns, rows })).toBe(
      [
        'method          AP  rows  peak',
        'autoencoder  0.912     5  1235',
        'PCA              -    12     3',
        '',
      ].join('\n'),
    );
  });

  it('writes numbers of extreme size with exponents', () => {
    const rows = [[1.5e-7], [2e12 + 0.5]];
    expect(formatTable({ columns: ['x'], rows: [rows[0]!] })).toBe('      x\n1.50e-7\n');
    expect(formatTable({ columns: ['x'], rows: [rows[1]!] })).toBe('       x\n2.00e+12\n');
  });

  it('lets no name of a file steer the terminal', () => {
    expect(formatTable({ columns: ['id'], rows: [['\u001B[2Jp\n1']] })).toBe('id\n\uFFFD[2Jp 1\n');
  });
});

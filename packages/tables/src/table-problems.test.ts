import { describe, expect, it } from 'vitest';
import { TableProblems } from './table-problems.ts';

const NUMBER = 'RETRACE_TABLE_NUMBER';

function thrownBy(problems: TableProblems): unknown {
  try {
    problems.refuse();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('TableProblems', () => {
  it('throws nothing where there is none', () => {
    expect(thrownBy(new TableProblems('f'))).toBeUndefined();
  });

  it('throws the error of the first row, with all kinds and their counts', () => {
    const problems = new TableProblems('f');
    problems.add({ code: NUMBER, row: 7, column: 'b', message: 'No number.', more: { cell: 'x' } });
    problems.add({ code: 'RETRACE_TABLE_FIELDS', row: 9, message: 'Too long.' });
    problems.add({ code: NUMBER, row: 5, column: 'a', message: 'None.', more: { cell: 'y' }, count: 2 });
    problems.add({ code: NUMBER, row: 8, column: 'b', message: 'No number.', more: { cell: 'z' } });
    expect(thrownBy(problems)).toMatchObject({
      code: NUMBER,
      message:
        'f, row 5, column "a": None. More like it: 1. Also: cells that are no numbers in column "b" (2, row 7 first), rows of another width (1, row 9 first).',
      details: {
        file: 'f',
        row: 5,
        column: 'a',
        cell: 'y',
        problems: [
          { code: NUMBER, row: 5, column: 'a', cell: 'y', count: 2, message: 'None.' },
          { code: NUMBER, row: 7, column: 'b', cell: 'x', count: 2, message: 'No number.' },
          { code: 'RETRACE_TABLE_FIELDS', row: 9, count: 1, message: 'Too long.' },
        ],
      },
    });
  });

  it('names three other kinds and counts the rest', () => {
    const problems = new TableProblems('f');
    for (let k = 0; k < 6; k++) problems.add({ code: NUMBER, row: k + 1, column: `c${k}`, message: 'No.' });
    expect(String(thrownBy(problems))).toMatch(/"c3" \(1, row 4 first\) and 2 kinds more\.$/);
  });

  it('has enough after 100,000, of which it tells', () => {
    const problems = new TableProblems('f');
    problems.add({ code: NUMBER, row: 1, column: 'a', message: 'No.', count: 99_999 });
    expect(problems.enough).toBe(false);
    problems.add({ code: NUMBER, row: 100_000, column: 'a', message: 'No.' });
    expect(problems.enough).toBe(true);
    expect(String(thrownBy(problems))).toMatch(/More like it: at least 99999\. Reading was given up\.$/);
  });
});

import { describe, expect, it } from 'vitest';
import { type HeaderOption, readHeader } from './header.ts';

function read(first: string, second?: string, header?: HeaderOption) {
  const record = (text: string, row: number) => ({ row, fields: text.split(',') });
  return readHeader(
    'f',
    record(first, 1),
    second === undefined ? undefined : record(second, 2),
    header === undefined ? {} : { header },
  );
}

describe('readHeader', () => {
  it.each([
    ['time,flow', '0,1', true],
    ['time,flow', undefined, true],
    ['time,0,1', '2015-01-01,5,6', true],
    ['id,state', 'p1,on', true],
    ['0,1', '2,3', false],
    ['0,1', undefined, false],
    ['2015-01-01,1', '2015-01-02,2', false],
    ['p1,2015-01-01,5', 'p1,2015-01-02,6', false],
    [',flow', '0,1', true],
  ])('takes %s above %s for a header: %s', (first, second, present) => {
    expect(read(first, second).present).toBe(present);
  });

  it('names the columns of a table without a header by their position', () => {
    expect(read('a,b', 'c,d', false)).toEqual({
      names: ['column1', 'column2'],
      present: false,
      told: true,
      nameless: [false, false],
    });
  });

  it('tells a nameless column, and trims names', () => {
    expect(read(', flow ', '0,1')).toMatchObject({ names: ['column1', 'flow'], nameless: [true, false] });
  });

  it("adds the name that a 'shifted' header lacks", () => {
    expect(read('time,flow', '0,1,2', 'shifted')).toMatchObject({ names: ['column1', 'time', 'flow'] });
  });

  it('refuses a header with one name fewer than there are fields, naming the remedy that fits', () => {
    expect(() => read('time,flow', '7,1,2')).toThrow(
      /^f, row 2: The header has 2 names, one fewer than this row has fields \(3\)\. If the name of the first column \("7" here\) is the one that is missing, set `header: 'shifted'`/,
    );
    expect(() => read('time,flow', '7,1,')).toThrow(/drop the delimiter at the end of each row/);
  });

  it('refuses two columns of one name', () => {
    expect(() => read('a,b,a', '1,2,3')).toThrow(
      expect.objectContaining({
        code: 'RETRACE_TABLE_HEADER',
        message: expect.stringContaining('Columns 1 and 3'),
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './detect-delimiter.ts';

describe('detectDelimiter', () => {
  it.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1,5;2,5\n', ';'],
    ['1,5;2,5\n3,5;4,5\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['"a;x";b,c\n"d;x";e,f\n', ';'],
    ['"a;x",b\n"c",d\n', ','],
    ['time,note\n0,a;b\n1,c\n', ','],
    ['date,flow\n"1","2015-02-04",23\n"2","2015-02-05",24\n', ','],
    ['a,b\n1,2,3\n1\n', ','],
    ['flow\n1\n2\n', ','],
    ['', ','],
    ['a b;c\n\n1 2;3', ';'],
  ])('finds the delimiter of %j', (sample, delimiter) => {
    expect(detectDelimiter('f', sample, true)).toBe(delimiter);
  });

  it('leaves the last record of a sample out, unless the sample is the whole text', () => {
    const sample = 'a;b,c\n1;2,3\n4;5;6,';
    expect(detectDelimiter('f', sample, false)).toBe(';');
    expect(detectDelimiter('f', sample, true)).toBe(',');
  });
});

import { describe, expect, it } from 'vitest';
import { drawnIntervals, markedIntervals } from './intervals.ts';

describe('markedIntervals', () => {
  it('joins the rows of each run, the first and the last included', () => {
    expect(markedIntervals([0, 10, 20, 30, 40, 50], [1, 1, 0, 1, 0, 1])).toEqual([
      { start: 0, end: 10 },
      { start: 30, end: 30 },
      { start: 50, end: 50 },
    ]);
    expect(markedIntervals([0, 1], [0, 0])).toEqual([]);
  });
});

describe('drawnIntervals', () => {
  const at = (start: number, end: number) => ({ start, end });
  it('widens what is too narrow to see, about its middle', () => {
    expect(drawnIntervals([at(50, 50)], [0, 100], 4)).toMatchObject([{ start: 48, end: 52 }]);
  });
  it('joins what would touch, and keeps what it stands for', () => {
    const items = [at(30, 40), at(10, 20), at(21, 22)];
    expect(drawnIntervals(items, [0, 100], 2)).toEqual([
      { start: 10, end: 22.5, items: [at(10, 20), at(21, 22)] },
      { start: 30, end: 40, items: [at(30, 40)] },
    ]);
  });
  it('stays inside the domain', () => {
    expect(drawnIntervals([at(0, 0), at(100, 100)], [0, 100], 2)).toMatchObject([at(0, 1), at(99, 100)]);
  });
});

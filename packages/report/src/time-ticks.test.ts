import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, timeLabels, timeTicks } from './time-ticks.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('timeTicks', () => {
  it.each([
    [
      '2024-03-01T05:13',
      '2024-03-01T11:02',
      6,
      ['06:00\n1 Mar 2024', '07:00', '08:00', '09:00', '10:00', '11:00'],
    ],
    ['2024-02-28T22:00', '2024-03-01T05:00', 4, ['00:00\n29 Feb 2024', '12:00', '00:00\n1 Mar 2024']],
    ['2023-11-20T00:00', '2024-03-03T00:00', 4, ['Dec\n2023', 'Jan\n2024', 'Feb', 'Mar']],
    ['2019-05-01T00:00', '2023-02-01T00:00', 4, ['2020', '2021', '2022', '2023']],
    ['2024-03-01T05:13:10', '2024-03-01T05:13:30', 3, ['05:13:10\n1 Mar 2024', '05:13:20', '05:13:30']],
    ['2024-03-01T05:13:10.4', '2024-03-01T05:13:10.41', 2, ['05:13:10.400\n1 Mar 2024', '05:13:10.410']],
  ])('from %s to %s takes round moments', (from, to, count, labels) => {
    expect(timeLabels(timeTicks([utc(from), utc(to)], count)).map((label) => label.trimEnd())).toEqual(
      labels,
    );
  });

  it('gives at most as many ticks as asked for, ascending, inside the domain', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -4e12, max: 8e12 }),
        fc.double({ min: 1, max: 13, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, exponent, count) => {
          const high = low + Math.ceil(10 ** exponent);
          const ticks = timeTicks([low, high], count);
          expect(ticks.length).toBeLessThanOrEqual(count + 1);
          expect(
            ticks.every((tick, index) => tick >= low && tick <= high && !(tick <= ticks[index - 1]!)),
          ).toBe(true);
        },
      ),
    );
  });
});

describe('formatTime', () => {
  it('writes seconds only where they are not zero', () => {
    expect(formatTime(utc('2024-03-01T14:05'))).toBe('2024-03-01 14:05');
    expect(formatTime(utc('2024-03-01T14:05:09'))).toBe('2024-03-01 14:05:09');
  });
});

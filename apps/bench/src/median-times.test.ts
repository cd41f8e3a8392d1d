import { describe, expect, it } from 'vitest';
import { median, medianTimes } from './median-times.ts';

describe('median(values)', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('medianTimes(actions, { warmUp, rounds })', () => {
  it('runs the actions in turn, and gives one time for each', async () => {
    const order: string[] = [];
    const action = (name: string) => async () => void order.push(name);
    const times = await medianTimes([action('a'), action('b')], { warmUp: 1, rounds: 2 });
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(times).toHaveLength(2);
    for (const time of times) expect(time).toBeGreaterThanOrEqual(0);
  });
});

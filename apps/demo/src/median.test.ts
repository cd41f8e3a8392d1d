import { expect, it } from 'vitest';
import { median } from './median.ts';

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[null, 5], 5],
  [[null], null],
])('median(%j) is %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});

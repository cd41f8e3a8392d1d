import { median } from './median.ts';

/** What the figures of all seeds must show together. */
export interface Bar {
  readonly text: string;
  passes(values: readonly number[]): boolean;
}

export const medianAtMost = (limit: number): Bar => ({
  text: `median ≤ ${limit}`,
  passes: (values) => median(values) <= limit,
});

export const medianAtLeast = (limit: number): Bar => ({
  text: `median ≥ ${limit}`,
  passes: (values) => median(values) >= limit,
});

export const medianBetween = (low: number, high: number): Bar => ({
  text: `median ${low} to ${high}`,
  passes: (values) => median(values) >= low && median(values) <= high,
});

export const bestAtMost = (limit: number): Bar => ({
  text: `best ≤ ${limit}`,
  passes: (values) => Math.min(...values) <= limit,
});

export const allAtLeast = (limit: number): Bar => ({
  text: `all ≥ ${limit}`,
  passes: (values) => values.every((value) => value >= limit),
});

export const allEqual = (value: number): Bar => ({
  text: `all = ${value}`,
  passes: (values) => values.every((each) => each === value),
});

export const rangeHolds = (value: number): Bar => ({
  text: `${value} within the range`,
  passes: (values) => Math.min(...values) <= value && value <= Math.max(...values),
});

import { createSeries, fitScaler } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { shiftWarnings } from './shift-warnings.ts';

const line = (values: number[], observed?: number[]) =>
  createSeries({
    id: 's',
    features: ['flow'],
    time: values.map((_, row) => row),
    values,
    ...(observed && { observed }),
  });
const scaler = fitScaler([line([-1, 1])], { kind: 'standard' });

describe('shiftWarnings', () => {
  it('warns above ten deviations of the mean, missing cells aside', () => {
    expect([...shiftWarnings([line([10, 10])], scaler)]).toEqual([]);
    expect([...shiftWarnings([line([-30, 0], [1, 0])], scaler)]).toEqual([
      expect.stringContaining("'flow' lies 30 times its training spread away"),
    ]);
  });

  it('is silent of a feature that was never observed', () => {
    expect([...shiftWarnings([line([0, 0], [0, 0])], scaler)]).toEqual([]);
  });
});

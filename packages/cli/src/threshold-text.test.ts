import { fitThreshold, type ThresholdSpec } from '@retrace/scoring';
import { expect, it } from 'vitest';
import { choiceText, levelText } from './threshold-text.ts';

const scores = Float64Array.from({ length: 200 }, (_, row) => (row * 7) % 101);

it.each<[ThresholdSpec, string, string]>([
  [{ q: 0.5 }, '49.50', 'the 0.5 quantile of 200 calibration rows'],
  [{ q: 0.5, standardErrors: 3 }, '49.50', 'the 0.5 quantile of 200 calibration rows and 3 standard errors'],
  [{ kind: 'sigma' }, '136.6', '3 standard deviations above the mean of 200 calibration rows'],
  [{ kind: 'mad' }, '160.7', '3 scaled median absolute deviations above the median of 200 calibration rows'],
  [{ kind: 'conformal' }, '100.0', 'a conformal p-value of 0.01 among 200 calibration rows'],
  [{ kind: 'budget', share: 0 }, '100.0', 'at most a share of 0 of 200 calibration rows'],
  [{ kind: 'budget', alarmsPerDay: 0 }, '100.0', 'at most 0 alarms a day on 200 calibration rows'],
  [
    { kind: 'spot', level: 0.5 },
    'moving',
    'exceeded with probability 0.0001 by the tail of 200 calibration rows and those scored',
  ],
  [
    { kind: 'dspot', level: 0.5, depth: 9 },
    'moving',
    'exceeded with probability 0.0001 by the tail of 200 calibration rows and those scored, less the drift',
  ],
  [{ kind: 'dynamic' }, 'moving', 'dynamic over the last 2,100 rows, begun with 200 calibration rows'],
])('the threshold of %j is told', (spec, level, choice) => {
  const threshold = fitThreshold(scores, { ...spec, days: 1 });
  expect([levelText(threshold), choiceText(threshold)]).toEqual([level, choice]);
});

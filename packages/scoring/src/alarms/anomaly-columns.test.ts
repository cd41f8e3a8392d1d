import { expect, it } from 'vitest';
import { anomalyColumns } from './anomaly-columns.ts';

const blame = [
  { feature: 'flow', share: 0.75 },
  { feature: 'current', share: 0.25 },
];
const anomaly = { id: 'p', start: 10, end: 20, firstRow: 1, lastRow: 2, peak: 5, severity: 2.5, blame };

it('anomalyColumns lays anomalies out one a row, blame by the order of features', () => {
  const columns = anomalyColumns([anomaly], { features: ['current', 'flow', 'heat'] });
  expect(columns.map(({ name, values }) => [name, ...values])).toEqual([
    ['id', 'p'],
    ['start', 10],
    ['end', 20],
    ['first_row', 1],
    ['last_row', 2],
    ['peak', 5],
    ['severity', 2.5],
    ['blame_current', 0.25],
    ['blame_flow', 0.75],
    ['blame_heat', 0],
  ]);
});

it('anomalyColumns writes times as it is told, and has the same columns for no anomalies', () => {
  const options = { features: ['flow'], writeTime: (time: number) => `minute ${time}` };
  const [, start, end] = anomalyColumns([anomaly], options);
  expect([start?.values, end?.values]).toEqual([['minute 10'], ['minute 20']]);
  expect(anomalyColumns([], options).map(({ values }) => values.length)).toEqual(new Array(8).fill(0));
});

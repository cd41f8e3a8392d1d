import type { ReportCell, ReportTable } from '@retrace/report';
import { countOf } from './count-of.ts';
import { unitOf } from './duration-text.ts';
import type { MethodFigures } from './method-figures.ts';
import { rounded } from './metrics-table.ts';

/** Sets how near alarms come to events, how late, and how often in vain, one method below the other. */
export function nearnessTable(
  results: readonly MethodFigures[],
  { lookback }: { lookback: number },
): ReportTable {
  const columns = [
    ...commonColumns,
    ...(isDated(results) ? datedColumns(results) : countedColumns),
    ...intervalColumns(results),
  ];
  return {
    title: 'Near misses, delay and false alarms',
    columns: columns.map(([name]) => name),
    rows: results.map((figures) => columns.map(([, cell]) => cell(figures))),
    note: nearnessNote(results, lookback),
  };
}

type Column = readonly [name: string, cell: (figures: MethodFigures) => ReportCell];

const commonColumns: readonly Column[] = [
  ['method', ({ name }) => name],
  ['VUS-ROC', ({ vus }) => rounded(vus.roc)],
  ['VUS-PR', ({ vus }) => rounded(vus.pr)],
  ['range P', ({ range }) => rounded(range.precision)],
  ['range R', ({ range }) => rounded(range.recall)],
  ['range F1', ({ range }) => rounded(range.f1)],
  ['near P', ({ affiliation }) => rounded(affiliation.precision)],
  ['near R', ({ affiliation }) => rounded(affiliation.recall)],
  ['near F1', ({ affiliation }) => rounded(affiliation.f1)],
];

const countedColumns: readonly Column[] = [['delay', ({ delay }) => delay.median]];

/** With all delays in one unit, to be compared. */
function datedColumns(results: readonly MethodFigures[]): readonly Column[] {
  const { unit, milliseconds } = unitOf(Math.max(...results.map(({ delay }) => delay.median ?? 0)));
  return [
    [`delay, ${unit}`, ({ delay }) => (delay.median === null ? null : delay.median / milliseconds)],
    ['false/day', ({ falseAlarmsPerDay }) => rounded(falseAlarmsPerDay ?? null)],
  ];
}

function intervalColumns(results: readonly MethodFigures[]): readonly Column[] {
  if (results.every(({ interval }) => interval === undefined)) return [];
  return [
    [
      'AP, 95 %',
      ({ interval }) => (interval ? `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}` : null),
    ],
  ];
}

function isDated([first]: readonly MethodFigures[]): boolean {
  return first?.falseAlarmsPerDay !== undefined;
}

function nearnessNote(results: readonly MethodFigures[], lookback: number): string {
  const resamples = results.find(({ interval }) => interval)?.interval?.resamples;
  const dated = isDated(results) ? ', and false alarms in a day of normal rows' : ', in the unit of time';
  const sure =
    resamples === undefined
      ? ''
      : ` AP, 95 %: the average precision on ${countOf(resamples, 'draw')} of as many series with replacement.`;
  return (
    `VUS: the areas under the curves with events widened by up to ${countOf(lookback, 'row')}; range: of stretches, by how ` +
    'much of each is covered; near: affiliation, by how near alarms and events are, where alarms at random have a ' +
    `precision of about 0.5; delay: from the start of an event found to its alarm, the median${dated}.${sure}`
  );
}

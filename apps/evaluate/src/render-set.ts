import { networkVerdict } from '@retrace/cli';
import type { EvaluatedSet, Method } from './evaluate-set.ts';
import { figureText, medianOf, rangeText, tableRow, tableRule } from './figure-text.ts';
import type { Figures } from './figures.ts';

type Column = readonly [title: string, of: (figures: Figures) => number | null];

const rankings: readonly Column[] = [
  ['ROC-AUC', ({ rocAuc }) => rocAuc],
  ['AP', ({ averagePrecision }) => averagePrecision],
  ['VUS-PR', ({ vusPr }) => vusPr],
];
const flags: readonly Column[] = [
  ['F1', ({ pointF1 }) => pointF1],
  ['FAR', ({ falseAlarmRate }) => falseAlarmRate],
  ['MAR', ({ missedAlarmRate }) => missedAlarmRate],
];
/** Of rows in their order. */
const events: readonly Column[] = [
  ['event F1', ({ eventF1 }) => eventF1],
  ['random F1', ({ randomF1 }) => randomF1],
  ['alarm', ({ alarmShare }) => alarmShare],
];
const nab: Column = ['NAB', ({ nab: score }) => score];

/** Writes one set: its protocol, every method, and whether the network pays. */
export function renderSet({ set, tasks, networks, baselines, seconds }: EvaluatedSet): string[] {
  const inOrder = set.labelled === 'rows' ? events : [];
  const shown = [...rankings, ...flags, ...inOrder, ...(set.name.startsWith('nab-') ? [nab] : [])];
  const methods = [...networks, ...baselines];
  const [first] = networks[0]!.runs;
  const inEvents =
    set.labelled === 'rows'
      ? `, in ${first!.events.tp + first!.events.fn} events; flagging everything has an event F1 of ${figureText(first!.everythingF1)}`
      : '';
  const highest = new Map(
    rankings.map(([title, of]) => [title, Math.max(...methods.map(({ runs }) => medianOf(runs, of) ?? -1))]),
  );
  return [
    '',
    `## ${set.title}`,
    '',
    set.protocol,
    `${tasks === 1 ? 'One task' : `${tasks} tasks`}; ${(100 * first!.labelledShare).toFixed(1)} % of what is measured is anomalous${inEvents}. It ` +
      `took ${Math.ceil(seconds)} s.`,
    '',
    tableRow(['method', ...shown.map(([title]) => title)]),
    tableRule(shown.length + 1),
    ...methods.map(({ name, runs }) =>
      tableRow([
        name,
        ...shown.map(([title, of]) => {
          const figure = rangeText(runs, of);
          return medianOf(runs, of) === highest.get(title) ? `**${figure}**` : figure;
        }),
      ]),
    ),
    '',
    verdict(networks[0]!, baselines),
  ];
}

/** Compares the suggested network; to choose the best of them here would be to look at the labels. */
function verdict(network: Method, baselines: readonly Method[]): string {
  return networkVerdict(ranked(network), baselines.map(ranked));
}

function ranked({ name, runs }: Method): { name: string; averagePrecision: number | null } {
  return { name, averagePrecision: medianOf(runs, ({ averagePrecision }) => averagePrecision) };
}

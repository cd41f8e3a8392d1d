import { networkVerdict } from '@retrace/cli';
import type { EvaluatedSet, Method } from './evaluate-set.ts';
import type { Figures } from './figures.ts';

type Column = readonly [title: string, of: (figures: Figures) => number | null];

const columns: readonly Column[] = [
  ['ROC-AUC', ({ rocAuc }) => rocAuc],
  ['AP', ({ averagePrecision }) => averagePrecision],
  ['VUS-PR', ({ vusPr }) => vusPr],
  ['F1', ({ pointF1 }) => pointF1],
  ['FAR', ({ falseAlarmRate }) => falseAlarmRate],
  ['MAR', ({ missedAlarmRate }) => missedAlarmRate],
  ['event F1', ({ eventF1 }) => eventF1],
  ['random F1', ({ randomF1 }) => randomF1],
  ['alarm', ({ alarmShare }) => alarmShare],
];
/** Of rows in their order. */
const ofEvents = ['event F1', 'random F1'];
const nab: Column = ['NAB', ({ nab: score }) => score];

/** Writes evaluations as one page of Markdown. */
export function renderPage(results: readonly EvaluatedSet[], seeds: number): string {
  const head = [
    '# Detection',
    '',
    `Written by \`npx -y pnpm@10.34.9 evaluate --data <folder>\`; not edited by hand. Protocols and the recipe of the network (one`,
    'for all sets, see `apps/evaluate/src/recipe.ts`) were fixed before anything was measured; no test label touches a choice.',
    '',
    `Figures of the network are the median of ${seeds} ${seeds === 1 ? 'seed' : 'seeds, their range in brackets'}. ROC-AUC, AP (average precision) and VUS-PR ask how`,
    'well scores rank rows, as means over the tasks of a set. F1, FAR (the share of normal rows under alarm), MAR (of anomalous',
    'rows without) and event F1 (an event counts as found when an alarm overlaps it) are at the threshold fitted on calibration',
    'rows. Random F1 is the event F1 of the same alarms at random times; alarm is the share of rows under alarm. The highest',
    'figure of each ranking is bold. A dash: not defined for these labels.',
  ];
  return `${[...head, ...results.flatMap(section)].join('\n')}\n`;
}

function section({ set, tasks, methods, seconds }: EvaluatedSet): string[] {
  const general = set.labelled === 'rows' ? columns : columns.filter(([title]) => !ofEvents.includes(title));
  const shown = set.name.startsWith('nab-') ? [...general, nab] : general;
  const [first] = methods[0]!.runs;
  const { events, labelledShare, everythingF1 } = first!;
  const inEvents =
    set.labelled === 'rows'
      ? `, in ${events.tp + events.fn} events; flagging everything has an event F1 of ${text(everythingF1)}`
      : '';
  const highest = shown
    .slice(0, 3)
    .map(([, of]) => Math.max(...methods.map(({ runs }) => median(runs, of) ?? -1)));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '',
    `## ${set.title}`,
    '',
    set.protocol,
    `${tasks === 1 ? 'One task' : `${tasks} tasks`}; ${(100 * labelledShare).toFixed(1)} % of what is measured is anomalous${inEvents}. It ` +
      `took ${Math.ceil(seconds)} s.`,
    '',
    row(['method', ...shown.map(([title]) => title)]),
    row(['---', ...shown.map(() => '---')]),
    ...methods.map(({ name, runs }) =>
      row([
        name,
        ...shown.map(([, of], k) => {
          const figure = cell(runs, of);
          return median(runs, of) === highest[k] ? `**${figure}**` : figure;
        }),
      ]),
    ),
    '',
    verdict(methods),
  ];
}

/** Compares the network with its first, the default scorer; to choose the best one here would be to look at the labels. */
function verdict(methods: readonly Method[]): string {
  const ranked = (of: readonly Method[]) =>
    of.map(({ name, runs }) => ({
      name,
      averagePrecision: median(runs, ({ averagePrecision }) => averagePrecision),
    }));
  const [network] = ranked(methods.filter((method) => method.network));
  return networkVerdict(network!, ranked(methods.filter((method) => !method.network)));
}

function cell(runs: readonly Figures[], of: Column[1]): string {
  const values = runs.map(of).filter((value) => value !== null);
  const middle = text(median(runs, of));
  if (values.length < 2) return middle;
  return `${middle} [${text(Math.min(...values))}, ${text(Math.max(...values))}]`;
}

function median(runs: readonly Figures[], of: Column[1]): number | null {
  const values = runs
    .map(of)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (values.length === 0) return null;
  const middle = (values.length - 1) / 2;
  return (values[Math.floor(middle)]! + values[Math.ceil(middle)]!) / 2;
}

function text(value: number | null): string {
  if (value === null) return '–';
  return Math.abs(value) >= 2 ? value.toFixed(1) : value.toFixed(3);
}

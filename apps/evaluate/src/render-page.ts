import type { EvaluatedSet, Method } from './evaluate-set.ts';
import { figureText, medianOf, tableRow, tableRule } from './figure-text.ts';
import type { Figures } from './figures.ts';
import { renderDefaults } from './render-defaults.ts';
import { renderSet } from './render-set.ts';

type FigureOf = (figures: Figures) => number | null;

const averagePrecision: FigureOf = (figures) => figures.averagePrecision;
const eventF1: FigureOf = (figures) => figures.eventF1;
const alarmShare: FigureOf = (figures) => figures.alarmShare;

/** Writes evaluations as one page of Markdown. */
export function renderPage(results: readonly EvaluatedSet[]): string {
  const seeds = results[0]!.networks[0]!.runs.length;
  const lines = [
    '# Detection',
    '',
    'Written by `npx -y pnpm@10.34.9 evaluate --data <folder> --docs docs/detection.md`; not edited by hand.',
    '',
    'Every detector is made as `suggest` of `@retrace/detector` says for its training rows, with one rule for all sets. No',
    'label of a test part touches a choice within a set; the constants of the rule were settled on these sets, all of them',
    'together. Baselines share windows, scorer, smoothing, threshold and merging with the network.',
    '',
    `Figures of networks are the median of ${seeds} ${seeds === 1 ? 'seed' : 'seeds, their range in brackets'}. ROC-AUC, AP (average precision) and VUS-PR ask how`,
    'well scores rank rows, as means over the tasks of a set. F1, FAR (the share of normal rows under alarm) and MAR (of',
    'anomalous rows without) are of rows at the threshold; event F1 is of anomalies, and counts an event as found when one',
    'overlaps it. Random F1 is the event F1 of the same anomalies at random times; alarm is the share of rows in them. The',
    'highest figure of each ranking is bold. A dash: not defined for these labels.',
    ...overview(results),
    ...renderDefaults(),
    ...(results.length > 1 ? comparison(results) : []),
    ...results.flatMap(renderSet),
  ];
  return `${lines.join('\n')}\n`;
}

function overview(results: readonly EvaluatedSet[]): string[] {
  return [
    '',
    '## At a glance',
    '',
    'The suggested autoencoder beside the baseline of the highest average precision, which only the labels tell.',
    '',
    tableRow(['set', 'AP', 'best baseline', 'AP', 'event F1', 'random F1', 'alarm', 'labelled']),
    tableRule(8),
    ...results.map(({ set, networks, baselines }) => {
      const { runs } = networks[0]!;
      const best = baselines.reduce((a, b) => (precisionOf(b) > precisionOf(a) ? b : a));
      const [own, other] = [precisionOf(networks[0]!), precisionOf(best)];
      const rows = set.labelled === 'rows';
      const ofEvents = (of: FigureOf) => (rows ? figureText(medianOf(runs, of)) : '–');
      return tableRow([
        set.title,
        own > other ? `**${figureText(own)}**` : figureText(own),
        best.name,
        own > other ? figureText(other) : `**${figureText(other)}**`,
        ofEvents(eventF1),
        ofEvents(({ randomF1 }) => randomF1),
        ofEvents(alarmShare),
        figureText(runs[0]!.labelledShare),
      ]);
    }),
  ];
}

/** What the defaults rest on: each alternative, on each set. */
function comparison(results: readonly EvaluatedSet[]): string[] {
  const inRows = results.filter(({ set }) => set.labelled === 'rows');
  return [
    '',
    '## What the defaults rest on',
    '',
    'Average precision of the kinds of network, each scored as suggested:',
    '',
    ...across(results, ({ networks }) => networks, averagePrecision),
    '',
    'Average precision of the autoencoder by other scorers than the suggested one, which is the first row. Residuals of a',
    'network that explains little lie around 0, not around what a few calibration rows drifted to, so they are measured from',
    'there; the prior keeps few rows from telling a spread of next to nothing. The Mahalanobis distance serves the plant, whose',
    'features hardly move together but where they must; on servers, whose features do, it takes drift for faults.',
    '',
    ...across(
      results,
      ({ networks, scorers }) => [{ ...networks[0]!, name: 'as suggested' }, ...scorers],
      averagePrecision,
    ),
    '',
    'Event F1 of the autoencoder, and in brackets the share of rows in its anomalies, at other thresholds than the suggested',
    'one. Of few calibration rows a quantile is all but the maximum, and later rows pass it; a dash where a kind refuses so few.',
    '',
    ...across(
      inRows,
      ({ networks, thresholds }) => [{ ...networks[0]!, name: 'as suggested' }, ...thresholds],
      eventF1,
      alarmShare,
    ),
  ];
}

/** A row for each method, a column for each set. */
function across(
  results: readonly EvaluatedSet[],
  methodsOf: (result: EvaluatedSet) => readonly Method[],
  of: FigureOf,
  beside?: FigureOf,
): string[] {
  const names = [...new Set(results.flatMap((result) => methodsOf(result).map(({ name }) => name)))];
  return [
    tableRow(['', ...results.map(({ set }) => set.name)]),
    tableRule(results.length + 1),
    ...names.map((name) =>
      tableRow([
        name,
        ...results.map((result) => {
          const method = methodsOf(result).find((each) => each.name === name);
          if (!method) return '–';
          const text = figureText(medianOf(method.runs, of));
          return beside ? `${text} (${figureText(medianOf(method.runs, beside))})` : text;
        }),
      ]),
    ),
  ];
}

function precisionOf({ runs }: Method): number {
  return medianOf(runs, averagePrecision) ?? -1;
}

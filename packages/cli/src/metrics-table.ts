import type { ReportTable } from '@retrace/report';
import type { Evaluation } from '@retrace/scoring';
import { countOf } from './count-of.ts';
import { formatTable } from './format-table.ts';
import { networkVerdict } from './network-verdict.ts';

/** What the labels say about one detector. */
export interface NamedEvaluation {
  readonly name: string;
  readonly evaluation: Evaluation;
}

/** Sets evaluations one below the other, for a report. */
export function metricsTable(results: readonly NamedEvaluation[], title: string): ReportTable {
  return {
    title,
    columns: [
      'method',
      'ROC-AUC',
      'AP',
      'point P',
      'point R',
      'point F1',
      'event P',
      'event R',
      'event F1',
      'random F1',
      'alarm',
    ],
    rows: results.map(({ name, evaluation }) => {
      const { points, events } = evaluation;
      return [
        name,
        evaluation.rocAuc,
        evaluation.averagePrecision,
        points.precision,
        points.recall,
        points.f1,
        events.precision,
        events.recall,
        events.f1,
        evaluation.flagAtRandom.f1,
        evaluation.alarmShare,
      ];
    }),
    note: metricsNote(results),
  };
}

/** Writes the same as text for a terminal. */
export function metricsText(results: readonly NamedEvaluation[], title: string): string {
  const table = metricsTable(results, title);
  const [network, ...baselines] = results.map(({ name, evaluation: { averagePrecision } }) => ({
    name,
    averagePrecision,
  }));
  const verdict = networkVerdict(network!, baselines);
  return `${title}:\n${formatTable(table)}${verdict && `${verdict}\n`}${table.note}\n`;
}

function metricsNote(results: readonly NamedEvaluation[]): string {
  const { points, events, labelledShare, flagEverything } = results[0]!.evaluation;
  const labelled = points.tp + points.fn;
  const share = labelledShare === null ? '' : ` (${(100 * labelledShare).toFixed(1)} %)`;
  const chance = labelledShare === null ? '' : `, by chance ${labelledShare.toFixed(3)}`;
  const all = flagEverything.f1 === null ? '' : ` (all rows under alarm: F1 ${flagEverything.f1.toFixed(3)})`;
  return (
    `${labelled} of ${countOf(labelled + points.fp + points.tn, 'scored row')}${share} labelled anomalous, in ` +
    `${countOf(events.tp + events.fn, 'event')}. AP: average precision${chance}; P: precision; R: recall; point: of rows; ` +
    `event: of stretches of rows${all}; random F1: event F1 of the same alarms at random times; ` +
    'alarm: the share of rows above the threshold. A dash: not defined for these labels.'
  );
}

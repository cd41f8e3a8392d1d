import type { ReportTable } from '@retrace/report';
import { countOf } from './count-of.ts';
import type { MethodFigures } from './method-figures.ts';

/** Sets how well methods rank rows and find events one below the other. */
export function metricsTable(results: readonly MethodFigures[], title: string): ReportTable {
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
      const figures = [
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
      return [name, ...figures.map(rounded)];
    }),
    note: metricsNote(results),
  };
}

function metricsNote(results: readonly MethodFigures[]): string {
  const { points, events, labelledShare, flagEverything } = results[0]!.evaluation;
  const labelled = points.tp + points.fn;
  const share = labelledShare === null ? '' : ` (${(100 * labelledShare).toFixed(1)} %)`;
  const chance = labelledShare === null ? '' : `, by chance ${labelledShare.toFixed(3)}`;
  const all = flagEverything.f1 === null ? '' : ` (all rows under alarm: F1 ${flagEverything.f1.toFixed(3)})`;
  return (
    `${labelled} of ${countOf(labelled + points.fp + points.tn, 'scored row')}${share} labelled anomalous, in ` +
    `${countOf(events.tp + events.fn, 'event')}. AP: average precision${chance}; P: precision; R: recall; point: of rows; ` +
    `event: of stretches of rows${all}; random F1: event F1 of the same alarms at random times; ` +
    'alarm: the share of rows under alarm. A dash: not defined for these labels.'
  );
}

/** A share to three decimals: more of them would say what few events cannot. */
export function rounded(figure: number | null): number | null {
  return figure === null ? null : Number(figure.toFixed(3));
}

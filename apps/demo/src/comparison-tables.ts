import { formatTable } from '@retrace/cli';
import { evaluationFleets, faultKinds } from 'testkit';
import type { Comparison } from './compare-on-unseen.ts';

/** The figures as two tables of text: over all faults, and by kind of fault. */
export function comparisonTables(comparisons: readonly Comparison[]): readonly string[] {
  return [
    formatTable({
      columns: [
        `median of ${evaluationFleets.length} unseen fleets`,
        'ROC-AUC',
        'AP',
        'event P',
        'event R',
        'event F1',
      ],
      rows: comparisons.map(({ name, rocAuc, averagePrecision, precision, recall, f1 }) => [
        name,
        rocAuc,
        averagePrecision,
        precision,
        recall,
        f1,
      ]),
    }),
    formatTable({
      columns: ['AP by kind of fault', ...comparisons.map(({ name }) => name), 'chance'],
      rows: faultKinds.map((kind) => [
        kind,
        ...comparisons.map(({ byFault }) => byFault[kind].averagePrecision),
        comparisons[0]!.byFault[kind].chance,
      ]),
    }),
  ];
}

/** Says what the figures of the tables mean. */
export function comparisonNote([autoencoder]: readonly Comparison[]): string {
  return (
    `ROC-AUC and AP (average precision) ask how well a score ranks the rows of faults above the others; by chance they\n` +
    `are 0.5 and the share of those rows, here ${figure(autoencoder!.chance)} of all faults together. P (precision), R (recall) and F1\n` +
    'count events: stretches of faulty rows, and of rows above the threshold.'
  );
}

/** Whether the autoencoder has a higher average precision than every baseline, and a sentence that says so. */
export function verdict([autoencoder, ...baselines]: readonly Comparison[]): { text: string; wins: boolean } {
  const best = baselines.reduce((a, b) => ((b.averagePrecision ?? 0) > (a.averagePrecision ?? 0) ? b : a));
  const wins = (autoencoder!.averagePrecision ?? 0) > (best.averagePrecision ?? 0);
  const figures = `${figure(autoencoder!.averagePrecision)} against ${figure(best.averagePrecision)} of the best baseline, ${best.name}`;
  return {
    wins,
    text: wins
      ? `The autoencoder has the highest average precision: ${figures}.`
      : `The autoencoder does not pay here: its average precision is ${figures}.`,
  };
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

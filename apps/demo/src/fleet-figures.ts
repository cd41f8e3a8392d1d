import type { RowScorer } from '@retrace/detector';
import { type Evaluation, evaluateScores } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { type FaultKind, type FleetFault, faultKinds } from 'testkit';

/** The rows of unseen machines and the faults behind their labels. */
export interface LabelledFleet {
  readonly series: readonly Series[];
  readonly faults: readonly FleetFault[];
}

/** How well one scorer ranks the rows of one kind of fault among the normal rows; null without such rows. */
export interface FaultFigures {
  readonly averagePrecision: number | null;
  /** The share of the rows of that fault, which is the average precision of a score by chance. */
  readonly chance: number | null;
}

/** How well one scorer ranks and finds the faults of one fleet. */
export interface FleetFigures extends Evaluation {
  readonly byFault: Readonly<Record<FaultKind, FaultFigures>>;
}

/** Scores a fleet and computes the figures of the whole and of each kind of fault. */
export async function fleetFigures(
  scorer: RowScorer,
  { series, faults }: LabelledFleet,
): Promise<FleetFigures> {
  const scored: { series: Series; scores: Float64Array; labels: Uint8Array }[] = [];
  for (const each of series) {
    const { scores } = await scorer.score(each);
    scored.push({ series: each, scores, labels: each.labels! });
  }
  const byFault = faultKinds.map((kind) => {
    const rows = scored.map(({ series: { id, time }, scores, labels }) => {
      const spans = faults.filter((fault) => fault.sensorId === id && fault.kind === kind);
      const within = (row: number) =>
        spans.some(({ start, end }) => time[row]! >= Date.parse(start) && time[row]! <= Date.parse(end));
      const kept = Array.from(labels.keys()).filter((row) => labels[row] === 0 || within(row));
      return { scores: kept.map((row) => scores[row]!), labels: kept.map((row) => labels[row]!) };
    });
    const { averagePrecision, labelledShare } = evaluateScores(rows, scorer.state.threshold);
    return [kind, { averagePrecision, chance: averagePrecision === null ? null : labelledShare }] as const;
  });
  return {
    ...evaluateScores(scored, scorer.state.threshold),
    byFault: Object.fromEntries(byFault) as Record<FaultKind, FaultFigures>,
  };
}

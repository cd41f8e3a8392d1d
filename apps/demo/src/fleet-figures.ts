import type { RowScorer } from '@retrace/detector';
import { averagePrecision, type Evaluation, evaluateScores } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { type FaultKind, type FleetFault, faultKinds } from 'testkit';

/** The rows of unseen machines and the faults behind their labels. */
export interface LabelledFleet {
  readonly series: readonly Series[];
  readonly faults: readonly FleetFault[];
}

/** How well one scorer ranks and finds the faults of one fleet. */
export interface FleetFigures extends Evaluation {
  /** Average precision among the normal rows and the rows of one kind of fault; null without such rows. */
  readonly byFault: Readonly<Record<FaultKind, number | null>>;
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
    return [kind, averagePrecision(rows)] as const;
  });
  return {
    ...evaluateScores(scored, scorer.state.threshold),
    byFault: Object.fromEntries(byFault) as Record<FaultKind, number | null>,
  };
}

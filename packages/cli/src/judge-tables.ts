import type { Detector, DetectorScores } from '@retrace/detector';
import type { TrainingEpoch } from '@retrace/report';
import { type Anomaly, type Evaluation, evaluateScores } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { openDetector } from './open-detector.ts';
import { readTables } from './read-tables.ts';
import { planOf, regrid } from './resample-plan.ts';
import type { Session } from './session.ts';
import { shiftWarnings } from './shift-warnings.ts';
import { type TableFlags, toReadOptions } from './table-flags.ts';

/** A series, its scores, and the anomalies found in it. */
export interface JudgedSeries {
  readonly series: Series;
  readonly scores: DetectorScores;
  readonly anomalies: readonly Anomaly[];
}

/** What a detector, which the caller disposes, makes of tables. */
export interface JudgedTables {
  readonly detector: Detector;
  /** The losses of its training, if its file holds them. */
  readonly history: readonly TrainingEpoch[] | undefined;
  readonly judged: readonly JudgedSeries[];
}

/** Opens a detector, reads its features from tables, and scores each series once, for all a command may tell of it. */
export async function judgeTables(
  path: string,
  tables: readonly string[],
  flags: TableFlags,
  { signal, warn }: Pick<Session, 'signal' | 'warn'>,
): Promise<JudgedTables> {
  const { detector, history } = await openDetector(path);
  try {
    const options = toReadOptions({ features: detector.features, ...flags }, warn);
    const series = regrid(await readTables(tables, options, signal), planOf(detector.metadata));
    const judged: JudgedSeries[] = [];
    for (const each of series) {
      judged.push(await judge(detector, each));
      signal?.throwIfAborted();
    }
    for (const warning of shiftWarnings(series, detector.state.scaler)) warn(warning);
    warnUncovered(detector, judged, warn);
    return { detector, history, judged };
  } catch (error) {
    detector.dispose();
    throw error;
  }
}

async function judge(detector: Detector, series: Series): Promise<JudgedSeries> {
  const scores = await detector.score(series);
  return { series, scores, anomalies: detector.anomaliesIn(scores) };
}

function warnUncovered(
  { state }: Detector,
  judged: readonly JudgedSeries[],
  warn: (message: string) => void,
): void {
  const uncovered = judged.filter(({ scores }) => scores.coverage.every((windows) => windows === 0));
  if (uncovered.length === 0) return;
  const { lookback, minRows = lookback } = state.windows;
  warn(
    `${uncovered.length} of ${judged.length} series ('${uncovered[0]!.series.id}' first) have no score: nowhere in them ` +
      `are ${minRows} rows without a gap.`,
  );
}

/** Counts what was judged. */
export function judgedTotals(judged: readonly JudgedSeries[]): { rows: number; anomalies: number } {
  return {
    rows: judged.reduce((sum, { series }) => sum + series.time.length, 0),
    anomalies: judged.reduce((sum, { anomalies }) => sum + anomalies.length, 0),
  };
}

/** Compares scores with labels; undefined where there are none. */
export function evaluateJudged({ state }: Detector, judged: readonly JudgedSeries[]): Evaluation | undefined {
  const labelled = judged.flatMap(({ series: { labels }, scores: { scores } }) =>
    labels ? [{ scores, labels }] : [],
  );
  return labelled.length > 0 ? evaluateScores(labelled, state.threshold) : undefined;
}

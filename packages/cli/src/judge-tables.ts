import type { Detector } from '@retrace/detector';
import type { TrainingEpoch } from '@retrace/report';
import type { AnomalyOptions } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { type AnomalyFlags, checkAnomalyFlags, toAnomalyRules } from './anomaly-flags.ts';
import { judgeSeries } from './judge-series.ts';
import { figuresOf, type JudgedSeries, type MethodFigures } from './method-figures.ts';
import { networkName } from './network-name.ts';
import { openDetector } from './open-detector.ts';
import { readTables } from './read-tables.ts';
import { planOf, regrid } from './resample-plan.ts';
import { rowCount } from './row-count.ts';
import type { Session } from './session.ts';
import { shiftWarnings } from './shift-warnings.ts';
import { type TableFlags, toReadOptions } from './table-flags.ts';

/** What a detector, which the caller disposes, makes of tables. */
export interface JudgedTables {
  readonly detector: Detector;
  /** The losses of its training, if its file holds them. */
  readonly history: readonly TrainingEpoch[] | undefined;
  readonly judged: readonly JudgedSeries[];
  /** By which the anomalies were found. */
  readonly rules: AnomalyOptions;
}

/** Opens a detector, reads its features from tables, and scores each series once, for all a command may tell of it. */
export async function judgeTables(
  path: string,
  tables: readonly string[],
  flags: TableFlags & AnomalyFlags,
  session: Pick<Session, 'signal' | 'warn'>,
): Promise<JudgedTables> {
  checkAnomalyFlags(flags, flags.time);
  const { detector, history } = await openDetector(path);
  try {
    const series = await readForDetector(detector, tables, flags, session);
    const rules = { ...detector.state.anomalies, ...toAnomalyRules(flags, series, session.warn) };
    const judged = await judgeRows(detector, series, session, rules);
    return { detector, history, judged, rules };
  } catch (error) {
    detector.dispose();
    throw error;
  }
}

/** Reads the features of a detector from tables, and lays the rows on its grid. */
export async function readForDetector(
  detector: Detector,
  tables: readonly string[],
  flags: TableFlags,
  { signal, warn }: Pick<Session, 'signal' | 'warn'>,
): Promise<readonly Series[]> {
  const options = toReadOptions({ features: detector.features, ...flags }, warn);
  return regrid(await readTables(tables, options, signal), planOf(detector.metadata));
}

/** Scores series, and warns of what makes their scores doubtful. */
export async function judgeRows(
  detector: Detector,
  series: readonly Series[],
  { signal, warn }: Pick<Session, 'signal' | 'warn'>,
  rules: AnomalyOptions,
): Promise<JudgedSeries[]> {
  const judged = await judgeSeries(detector, series, { rules, signal });
  for (const warning of shiftWarnings(series, detector.state.scaler)) warn(warning);
  warnUncovered(detector, judged, warn);
  return judged;
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
    rows: rowCount(judged.map(({ series }) => series)),
    anomalies: judged.reduce((sum, { anomalies }) => sum + anomalies.length, 0),
  };
}

/** Compares what a detector found with labels; undefined where there are none. */
export function networkFigures(
  { model, state }: Detector,
  judged: readonly JudgedSeries[],
): MethodFigures | undefined {
  return figuresOf(networkName(model.spec), judged, state);
}

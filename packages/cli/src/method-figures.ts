import type { DetectorScores, RowScorer } from '@retrace/detector';
import {
  type Anomaly,
  affiliationMetrics,
  type BootstrapInterval,
  bootstrapInterval,
  type DetectionDelay,
  detectionDelay,
  type Evaluation,
  evaluateScores,
  eventChance,
  eventMetrics,
  falseAlarmsPerDay,
  flagAnomalies,
  type PrecisionRecall,
  pointMetrics,
  type RangeAuc,
  rangeMetrics,
  volumeUnderSurface,
} from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { drawnAveragePrecision } from './drawn-average-precision.ts';
import { hasDates } from './time-text.ts';

/** A series, its scores, and the anomalies found in it. */
export interface JudgedSeries {
  readonly series: Series;
  readonly scores: DetectorScores;
  readonly anomalies: readonly Anomaly[];
}

/** What the labels say about one method: plain JSON. */
export interface MethodFigures {
  readonly name: string;
  /** Its alarms are the anomalies found. */
  readonly evaluation: Evaluation;
  /** Over the windows 0 to the lookback. */
  readonly vus: RangeAuc;
  readonly range: PrecisionRecall;
  readonly affiliation: PrecisionRecall;
  /** In the unit of time. */
  readonly delay: DetectionDelay;
  /** Absent where the times are no dates. */
  readonly falseAlarmsPerDay?: number | null;
  /** Of the average precision over series drawn anew; absent where fewer than five are labelled. */
  readonly interval?: BootstrapInterval;
}

/** Of fewer series an interval by drawing them anew is far too narrow. */
const LEAST_SERIES = 5;

/** Rows that are drawn for one interval, about, in a second: with many rows the series are drawn anew fewer times. */
const DRAWN_ROWS = 2e8;

/** Measures a method by the series that have labels; undefined where none has. */
export function figuresOf(
  name: string,
  judged: readonly JudgedSeries[],
  { windows, threshold }: RowScorer['state'],
): MethodFigures | undefined {
  const labelled = judged.flatMap(({ series: { labels, time }, scores: { scores }, anomalies }) =>
    labels ? [{ ...flagAnomalies(scores, anomalies), scores, labels, time }] : [],
  );
  if (labelled.length === 0) return undefined;
  const { lookback, maxGap = Infinity } = windows;
  const dated = hasDates(judged.map(({ series }) => series));
  const interval = precisionInterval(labelled);
  return {
    name,
    evaluation: {
      ...evaluateScores(labelled, threshold),
      points: pointMetrics(labelled),
      events: eventMetrics(labelled),
      ...eventChance(labelled),
    },
    vus: volumeUnderSurface(labelled, { window: lookback }),
    range: rangeMetrics(labelled),
    affiliation: affiliationMetrics(labelled),
    delay: detectionDelay(labelled),
    ...(dated && { falseAlarmsPerDay: falseAlarmsPerDay(labelled, maxGap < Infinity ? { maxGap } : {}) }),
    ...(interval && { interval }),
  };
}

interface RankedSeries {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
}

function precisionInterval(labelled: readonly RankedSeries[]): BootstrapInterval | undefined {
  if (labelled.length < LEAST_SERIES) return undefined;
  const indices = [...labelled.keys()];
  const statistic = drawnAveragePrecision(labelled);
  if (statistic(indices) === null) return undefined;
  const rows = labelled.reduce((sum, { labels }) => sum + labels.length, 0);
  const resamples = Math.min(2000, Math.max(200, Math.round(DRAWN_ROWS / rows)));
  return bootstrapInterval(indices, { seed: 0, resamples, statistic });
}

import type { Detector, DetectorScores } from '@retrace/detector';
import { type Anomaly, findAnomalies, flagRows, type ThresholdState } from '@retrace/scoring';
import { runs, type Series } from '@retrace/windowing';
import { meanAndSpread } from '../mean-and-spread.ts';
import { packEnsemble } from './ensemble-file.ts';

/** What an ensemble makes of a series: means over its members, and how far these differ. */
export interface EnsembleScores extends DetectorScores {
  /** `[rows]`, the sample standard deviation of the members' scores, each scaled as in the mean. */
  readonly spread: Float64Array;
}

/** Several detectors of the same features and windows that score together. */
export interface Ensemble {
  readonly features: readonly string[];
  readonly members: readonly Detector[];
  /** What the scores of each member are divided by before their mean is taken. */
  readonly scales: readonly number[];
  /** In the unit of the mean. */
  readonly threshold: ThresholdState;
  /** Scores each row of a raw series by every member. */
  score(series: Series): Promise<EnsembleScores>;
  /** Finds the intervals in scores of `score` that exceed the threshold; none crosses a gap. */
  anomaliesIn(scores: EnsembleScores): Anomaly[];
  /** Scores a raw series and finds the anomalies in it. */
  detect(series: Series): Promise<Anomaly[]>;
  /** Writes the bytes of one file with all members: the same ensemble, the same bytes. */
  save(): Promise<Uint8Array>;
  /** Frees the members. */
  dispose(): void;
}

/** Joins detectors, which the ensemble owns from then on. */
export function createEnsemble(
  members: readonly Detector[],
  { scales, threshold }: Pick<Ensemble, 'scales' | 'threshold'>,
): Ensemble {
  const [{ features, state }] = members as readonly [Detector];

  async function score(series: Series): Promise<EnsembleScores> {
    const mean = await meanScores(members, scales, series);
    const { flags, thresholds } = flagRows(mean.scores, threshold);
    return { ...mean, thresholds, flags };
  }

  function anomaliesIn(scores: EnsembleScores): Anomaly[] {
    return findAnomalies(scores, threshold, { runs: runs(scores, state.windows.maxGap) });
  }

  return {
    features,
    members,
    scales,
    threshold,
    score,
    anomaliesIn,
    detect: async (series) => anomaliesIn(await score(series)),
    async save() {
      const files = [];
      for (const member of members) files.push(await member.save());
      return packEnsemble({ files, scales, threshold });
    },
    dispose() {
      for (const member of members) member.dispose();
    },
  };
}

/** Scores a series by every member, each score divided by its member's scale, and takes the means. */
export async function meanScores(
  members: readonly Detector[],
  scales: readonly number[],
  series: Series,
): Promise<Omit<EnsembleScores, 'thresholds' | 'flags'>> {
  const all: DetectorScores[] = [];
  for (const member of members) all.push(await member.score(series));
  const [{ id, features, time, coverage }] = all as [DetectorScores];
  const each = all.map(({ scores }, member) => scores.map((score) => score / scales[member]!));
  const rows = Array.from({ length: time.length }, (_, row) =>
    meanAndSpread(each.map((scores) => scores[row]!)),
  );
  return {
    id,
    features,
    time,
    coverage,
    scores: Float64Array.from(rows, ({ mean }) => mean),
    spread: Float64Array.from(rows, ({ spread }) => spread!),
    contributions: meanOf(all.map(({ contributions }, k) => contributions.map((part) => part / scales[k]!))),
    reconstruction: meanOf(all.map(({ reconstruction }) => reconstruction)),
  };
}

function meanOf(arrays: readonly Float64Array[]): Float64Array {
  return arrays[0]!.map((_, cell) => arrays.reduce((sum, array) => sum + array[cell]!, 0) / arrays.length);
}

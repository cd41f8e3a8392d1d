import { checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { labelledEvents } from './labelled-events.ts';
import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { type PrecisionRecall, ratio, withHarmonicMean } from './precision-recall.ts';
import { type Stretch, stretches } from './stretches.ts';

/** Which rows of a stretch count most, δ(i) of its i-th of n rows: 1; n − i + 1; i; the lesser of both. */
export type RangeBias = 'flat' | 'front' | 'back' | 'middle';

export interface RangeMetricsOptions {
  /** α, the part of an event's recall that finding any of it earns, from 0 to 1. Default 0.2. */
  readonly existence?: number;
  /** γ: what an overlap in several pieces is worth, its share divided by their number (default) or all of it. */
  readonly cardinality?: 'reciprocal' | 'one';
  /** δ of events, for recall. Default `'flat'`. */
  readonly recallBias?: RangeBias;
  /** δ of alarms, for precision. Default `'flat'`. */
  readonly precisionBias?: RangeBias;
}

/**
 * Computes range-based precision and recall: recall is the mean over events of α · existence + (1 − α) · γ · ω,
 * precision the mean over alarms of γ · ω, where ω is the share of the stretch, weighted by δ, that the stretches of
 * the other kind cover. An event is a longest stretch of rows labelled 1, an alarm a longest stretch of flagged rows,
 * both within one series; the means are over those of all series.
 *
 * Tatbul et al. 2018, "Precision and recall for time series" (NeurIPS), whose α, γ, δ and ω these are. The defaults are
 * those of the TSB-AD benchmark; the paper leaves all four to the application. Under γ = 1/pieces a noisy alarm over a long
 * event scores worse than one flagged row of it, and one alarm over everything scores a recall of 1.
 *
 * @returns Figures from 0 to 1; an event of which no row has a score is in none. Precision is null without alarms,
 * recall without events, f1 without both.
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length, or for an unknown option.
 */
export function rangeMetrics(
  series: readonly LabelledFlags[],
  options: RangeMetricsOptions = {},
): PrecisionRecall {
  checkKeys('options', options, ['existence', 'cardinality', 'recallBias', 'precisionBias']);
  const {
    existence = 0.2,
    cardinality = 'reciprocal',
    recallBias = 'flat',
    precisionBias = 'flat',
  } = options;
  checkNumber('existence', existence, { min: 0, max: 1 });
  checkOneOf('cardinality', cardinality, ['reciprocal', 'one']);
  checkOneOf('recallBias', recallBias, BIASES);
  checkOneOf('precisionBias', precisionBias, BIASES);
  checkFlags(series);
  const recall = { sum: 0, of: 0 };
  const precision = { sum: 0, of: 0 };
  for (const one of series) {
    const { events } = labelledEvents(one);
    const alarms = stretches(one.flags);
    recall.of += events.length;
    precision.of += alarms.length;
    for (const reward of overlapRewards(events, alarms, recallBias, cardinality)) {
      if (reward > 0) recall.sum += existence + (1 - existence) * reward;
    }
    const labelled = stretches(one.labels);
    for (const reward of overlapRewards(alarms, labelled, precisionBias, cardinality))
      precision.sum += reward;
  }
  return withHarmonicMean(ratio(precision.sum, precision.of), ratio(recall.sum, recall.of));
}

const BIASES: readonly RangeBias[] = ['flat', 'front', 'back', 'middle'];

/** γ · ω of each stretch under `covers`; both are in order. */
function* overlapRewards(
  of: readonly Stretch[],
  covers: readonly Stretch[],
  bias: RangeBias,
  cardinality: 'reciprocal' | 'one',
): Generator<number> {
  let next = 0;
  for (const [from, to] of of) {
    while (next < covers.length && covers[next]![1] <= from) next++;
    let [pieces, covered] = [0, 0];
    for (let k = next; k < covers.length && covers[k]![0] < to; k++) {
      const [start, end] = covers[k]!;
      pieces++;
      covered += biasUpTo(Math.min(end, to) - from, to - from, bias);
      covered -= biasUpTo(Math.max(start, from) - from, to - from, bias);
    }
    const share = covered / biasUpTo(to - from, to - from, bias);
    yield pieces > 1 && cardinality === 'reciprocal' ? share / pieces : share;
  }
}

/** Σ δ(i) over the first `rows` of a stretch of `length` rows. */
function biasUpTo(rows: number, length: number, bias: RangeBias): number {
  const rising = (n: number) => (n * (n + 1)) / 2;
  if (bias === 'flat') return rows;
  if (bias === 'back') return rising(rows);
  if (bias === 'front') return rising(length) - rising(length - rows);
  const half = Math.floor(length / 2);
  if (rows <= half) return rising(rows);
  return rising(half) + rising(length - half) - rising(length - rows);
}

/** Precision, recall and their harmonic mean, from 0 to 1. */
export interface PrecisionRecall {
  /** The part of what is flagged that is anomalous: null where nothing was flagged. */
  readonly precision: number | null;
  /** The part of what is anomalous that is flagged: null where nothing is anomalous. */
  readonly recall: number | null;
  /** 0 where precision or recall is 0 or null: null where both are null. */
  readonly f1: number | null;
}

/** Computes tp / (tp + fp), tp / (tp + fn) and 2 tp / (2 tp + fp + fn), each null where it divides by 0. */
export function precisionRecall(tp: number, fp: number, fn: number): PrecisionRecall {
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}

/** Puts a precision and a recall that are no ratios of the same counts beside their harmonic mean. */
export function withHarmonicMean(precision: number | null, recall: number | null): PrecisionRecall {
  if (precision === null && recall === null) return { precision, recall, f1: null };
  const [p, r] = [precision ?? 0, recall ?? 0];
  return { precision, recall, f1: p * r === 0 ? 0 : (2 * p * r) / (p + r) };
}

/** `part / whole`, null where `whole` is 0. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

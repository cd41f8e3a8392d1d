/** Precision, recall and their harmonic mean; null where the denominator is 0. */
export interface PrecisionRecall {
  /** tp / (tp + fp): null where nothing was flagged. */
  readonly precision: number | null;
  /** tp / (tp + fn): null where nothing is anomalous. */
  readonly recall: number | null;
  /** 2 tp / (2 tp + fp + fn): null where nothing was flagged and nothing is anomalous. */
  readonly f1: number | null;
}

export function precisionRecall(tp: number, fp: number, fn: number): PrecisionRecall {
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}

/**
 * Puts a precision and a recall that are no ratios of the same counts beside their harmonic mean: 0 where either is 0
 * or null, null where both are null.
 */
export function withHarmonicMean(precision: number | null, recall: number | null): PrecisionRecall {
  if (precision === null && recall === null) return { precision, recall, f1: null };
  const [p, r] = [precision ?? 0, recall ?? 0];
  return { precision, recall, f1: p * r === 0 ? 0 : (2 * p * r) / (p + r) };
}

/** `part / whole`, null where `whole` is 0. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

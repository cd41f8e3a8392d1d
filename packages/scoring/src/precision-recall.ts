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

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

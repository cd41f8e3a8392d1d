import type { LabelledScores } from '@retrace/scoring';

/**
 * Makes the function that gives the `averagePrecision` of series drawn by their indices, with replacement. The rows of all
 * series are ranked once, so that a draw takes time linear in rows.
 *
 * @returns From 0 to 1, or null where no row drawn is anomalous.
 */
export function drawnAveragePrecision(
  series: readonly LabelledScores[],
): (drawn: readonly number[]) => number | null {
  const { scores, labels, owners } = rankedRows(series);
  return (drawn) => {
    const times = new Uint32Array(series.length);
    for (const index of drawn) times[index]!++;
    let [tp, fp, found, sum] = [0, 0, 0, 0];
    for (let row = 0; row < scores.length; row++) {
      const weight = times[owners[row]!]!;
      if (labels[row] === 1) tp += weight;
      else fp += weight;
      // Rows of one score are flagged together.
      if (scores[row] === scores[row + 1] || tp === found) continue;
      sum += ((tp - found) * tp) / (tp + fp);
      found = tp;
    }
    return tp === 0 ? null : sum / tp;
  };
}

/** `[rows]` each: the rows that have a score, of all series, the highest first. */
function rankedRows(series: readonly LabelledScores[]): {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly owners: Uint32Array;
} {
  const rows = series.reduce((sum, { labels }) => sum + labels.length, 0);
  const scores = new Float64Array(rows);
  const labels = new Uint8Array(rows);
  const owners = new Uint32Array(rows);
  let from = 0;
  for (const [owner, one] of series.entries()) {
    scores.set(one.scores, from);
    labels.set(one.labels, from);
    owners.fill(owner, from, from + one.labels.length);
    from += one.labels.length;
  }
  const order = Uint32Array.from(scores.keys())
    .filter((row) => !Number.isNaN(scores[row]))
    .sort((a, b) => scores[b]! - scores[a]!);
  return {
    scores: Float64Array.from(order, (row) => scores[row]!),
    labels: Uint8Array.from(order, (row) => labels[row]!),
    owners: Uint32Array.from(order, (row) => owners[row]!),
  };
}

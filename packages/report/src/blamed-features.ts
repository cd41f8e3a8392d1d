import type { Anomaly } from '@retrace/scoring';

/**
 * Chooses the features to draw where there is room for `count`: those with the largest share in the blame of
 * the anomalies, then the first ones.
 *
 * @returns Column numbers, ascending.
 */
export function blamedFeatures(
  features: readonly string[],
  anomalies: readonly Anomaly[],
  count: number,
): number[] {
  const shares = new Map<string, number>();
  for (const { feature, share } of anomalies.flatMap(({ blame }) => blame)) {
    shares.set(feature, (shares.get(feature) ?? 0) + share);
  }
  const share = (column: number): number => shares.get(features[column]!) ?? 0;
  const columns = features.map((_, column) => column);
  return columns
    .sort((a, b) => share(b) - share(a) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

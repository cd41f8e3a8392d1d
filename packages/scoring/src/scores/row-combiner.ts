import {
  type CombinedScorerState,
  combinedFeatures,
  type ScoreCombination,
} from './combined-scorer-state.ts';

/**
 * Prepares what writes a row's contributions, given those of each part, and returns their sum, the score; `NaN` where
 * no part has a score.
 */
export function rowCombiner(
  state: CombinedScorerState,
): (parts: readonly Float64Array[], contributions: Float64Array) => number {
  const features = combinedFeatures(state);
  const places = state.parts.map(({ scorer }) => scorer.features.map((name) => features.indexOf(name)));
  return (parts, contributions) => {
    const scores = parts.map((cells, part) => sumOf(cells) / state.parts[part]!.scale);
    const present = scores.filter((score) => !Number.isNaN(score));
    if (present.length === 0) {
      contributions.fill(Number.NaN);
      return Number.NaN;
    }
    contributions.fill(0);
    const sum = present.reduce((total, score) => total + score, 0);
    if (sum === 0) return 0;
    // Every part has the same share of the combined score as of the sum of their scores.
    const share = combined(present, state.by) / sum;
    for (const [part, cells] of parts.entries()) {
      if (Number.isNaN(scores[part])) continue;
      const weight = share / state.parts[part]!.scale;
      for (const [k, column] of places[part]!.entries()) contributions[column]! += weight * cells[k]!;
    }
    return sumOf(contributions);
  };
}

function combined(scores: readonly number[], by: ScoreCombination): number {
  const count = scores.length;
  if (by === 'mean') return scores.reduce((sum, score) => sum + score / count, 0);
  return scores.reduce((product, score) => product * (1 + score) ** (1 / count), 1) - 1;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

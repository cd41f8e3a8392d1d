import type { RowScorer } from '@retrace/detector';
import type { ScorerState } from '@retrace/scoring';
import { countOf } from './count-of.ts';

/** Tells how rows are scored, such as `standardised, smoothed over past rows with a half-life of 5 rows`. */
export function scorerText({ scorer, outputs = [], aggregate }: RowScorer['state']): string {
  const [first] = scorer.kind === 'combined' ? scorer.parts.map((part) => part.scorer) : [scorer];
  const what =
    scorer.kind === 'combined'
      ? `the ${scorer.by} of ${scorer.parts.map((part, k) => `${part.scorer.kind} (${outputs[k]})`).join(' and ')}`
      : `${scorer.kind}${outputs.length > 0 ? ` (${outputs.join()})` : ''}`;
  return [what, ...partsOf(first!), ...(aggregate ? [`by '${aggregate}' of the windows of a row`] : [])].join(
    ', ',
  );
}

function partsOf(state: ScorerState): string[] {
  const { smoothing } = state;
  return [
    ...('clip' in state ? [`clipped at ${countOf(state.clip!, 'spread')}`] : []),
    ...('entities' in state
      ? [`${countOf(state.entities!.length, 'series', 'series')} by their own rows`]
      : []),
    ...(smoothing?.kind === 'ewma'
      ? [`smoothed over past rows with a half-life of ${countOf(smoothing.halfLife, 'row')}`]
      : []),
    ...(smoothing?.kind === 'median' ? [`the median of the last ${countOf(smoothing.rows, 'row')}`] : []),
  ];
}

import type { ScorerSpec, ThresholdSpec } from '@retrace/scoring';

/** Other scorers than the suggested one, made from it. */
export const otherScorers: Readonly<Record<string, (suggested: ScorerSpec) => ScorerSpec>> = {
  'not smoothed': ({ smoothing: _, ...scorer }) => scorer,
  'from the mean, no prior': ({ kind, smoothing }) => ({ kind: kind!, ...(smoothing && { smoothing }) }),
  standardised: (suggested) => ({ ...suggested, kind: 'standardised' }),
  gaussian: (suggested) => ({ ...suggested, kind: 'gaussian' }),
  'mean square': ({ smoothing }) => ({ kind: 'mse', ...(smoothing && { smoothing }) }),
};

/** Other thresholds than the suggested one. */
export const otherThresholds: Readonly<Record<string, ThresholdSpec>> = {
  'quantile 0.99': { kind: 'quantile', q: 0.99 },
  'conformal 0.01': { kind: 'conformal', alpha: 0.01 },
  'peaks, risk 0.0001': { kind: 'pot', risk: 1e-4 },
  'spread, 10 MAD': { kind: 'mad', k: 10 },
  dynamic: { kind: 'dynamic' },
};

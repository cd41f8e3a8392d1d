import type { RowScorer, RowScorerOptions } from '@retrace/detector';
import type { ScorerSpec, ScorerState, ThresholdSpec, ThresholdState } from '@retrace/scoring';

/**
 * Tells how the scorer and the threshold of a detector were fitted, so that baselines are fitted the same. They retrace or
 * score rows by themselves: the horizon of a forecaster is left out, of a combined scorer the first part counts, and in the
 * place of likelihoods, which take a variance, stands the default.
 */
export function scoringOf({
  windows,
  scaler,
  aggregate,
  scorer,
  threshold,
  anomalies,
}: RowScorer['state']): Omit<RowScorerOptions, 'calibration'> {
  const { horizon: _, shift: __, ...own } = windows;
  return {
    windows: own,
    scaler,
    ...(aggregate && { aggregate }),
    scorer: scorerSpec(scorer.kind === 'combined' ? scorer.parts[0]!.scorer : scorer),
    threshold: thresholdSpec(threshold),
    ...(anomalies && { anomalies }),
  };
}

function scorerSpec(state: ScorerState): ScorerSpec {
  const { kind, smoothing } = state;
  return {
    ...(kind !== 'likelihood' && { kind }),
    ...(smoothing && { smoothing }),
    ...('centered' in state && { centered: state.centered }),
    ...('prior' in state && { prior: state.prior }),
    ...('clip' in state && { clip: state.clip }),
    ...('magnitudes' in state && { magnitudes: true }),
    ...('entities' in state && { perEntity: true }),
  };
}

function thresholdSpec(state: ThresholdState): ThresholdSpec {
  switch (state.kind) {
    case 'quantile':
      return {
        kind: state.kind,
        q: state.q,
        ...(state.standardErrors !== undefined && { standardErrors: state.standardErrors }),
      };
    case 'sigma':
    case 'mad':
      return { kind: state.kind, k: state.k };
    case 'conformal':
      return { kind: state.kind, alpha: state.alpha };
    case 'budget': {
      const { kind, share, alarmsPerDay } = state;
      return {
        kind,
        ...(share !== undefined && { share }),
        ...(alarmsPerDay !== undefined && { alarmsPerDay }),
      };
    }
    case 'dspot':
      return { kind: state.kind, risk: state.risk, level: state.level, depth: state.recent.length };
    case 'pot':
    case 'spot':
      return { kind: state.kind, risk: state.risk, level: state.level };
    case 'dynamic':
      return { kind: state.kind, window: state.window, buffer: state.buffer, prune: state.prune };
  }
}

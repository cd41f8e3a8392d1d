import { type Suggestion, suggest } from '@retrace/detector';
import type { ScorerSpec, ThresholdSpec } from '@retrace/scoring';
import { type Series, splitByTime } from '@retrace/windowing';
import { toScorerSpec } from './scorer-flags.ts';
import { toThreshold } from './threshold-flag.ts';
import type { SettledFlags, TrainFlags } from './train-flags.ts';
import { longestGap } from './training-parts.ts';

/** Settles what the flags leave open as `suggest` says for the training rows. */
export function settleFlags<F extends TrainFlags>(flags: F, series: readonly Series[]): F & SettledFlags {
  const { train, calibration, validation, lookback } = flags;
  const split = splitByTime(series, { train, calibration });
  const maxGap = longestGap(flags);
  const suggestion = suggest(split.train.length > 0 ? split.train : series, {
    ...(lookback !== undefined && { lookback }),
    ...(maxGap !== undefined && { maxGap }),
  });
  const { model, training, detector } = suggestion;
  const { fit } = training;
  const adam = flags.optimizer.kind === fit.optimizer.kind;
  return {
    ...flags,
    lookback: detector.windows.lookback,
    stride: flags.stride ?? training.windows.stride ?? 1,
    scoreStride: flags.scoreStride ?? flags.stride ?? detector.windows.stride ?? 1,
    units: flags.units ?? model.encoder.map(({ units }) => units),
    ...bottleneckOf(flags, suggestion),
    epochs: flags.epochs ?? fit.epochs,
    clipNorm: flags.clipNorm ?? fit.clipNorm,
    ...(adam && { learningRate: flags.learningRate ?? fit.optimizer.learningRate }),
    ...(validation > 0 && { patience: flags.patience ?? fit.earlyStopping.patience }),
    scored: {
      scorer: scorerOf(flags, detector.scorer),
      threshold: thresholdOf(flags, detector.threshold),
      anomalies: detector.anomalies,
    },
  };
}

/** One for the suggested units alone: for others, or a model of another shape, it says nothing. */
function bottleneckOf(
  { model, units, bottleneck }: TrainFlags,
  suggestion: Suggestion,
): Pick<TrainFlags, 'bottleneck'> {
  if (bottleneck !== undefined) return { bottleneck };
  const suggested = suggestion.model.bottleneck?.units;
  return units === undefined && model !== 'latent-target' && suggested !== undefined
    ? { bottleneck: suggested }
    : {};
}

/**
 * The suggested kind where none is asked for, but for a variance or a latent vector, which have their own; its spreads where
 * they are of features that are scaled by their deviation.
 */
function scorerOf(flags: TrainFlags, suggested: ScorerSpec): ScorerSpec {
  const { smooth, model, loss, scaler } = flags;
  const { smoothing, kind, centered, prior } = suggested;
  const asked = toScorerSpec({
    ...flags,
    ...(smooth === undefined && smoothing && { smooth: smoothing }),
  });
  if (model === 'latent-target' || loss === 'gaussian') return asked;
  const scorer = { ...(kind && { kind }), ...asked };
  if (scorer.kind !== 'standardised' && scorer.kind !== 'gaussian') return scorer;
  return {
    ...scorer,
    ...(centered !== undefined && { centered }),
    ...(prior && scaler === 'standard' && { prior }),
  };
}

function thresholdOf(flags: TrainFlags, suggested: ThresholdSpec): ThresholdSpec {
  return flags.threshold ?? (flags.quantile === undefined ? suggested : toThreshold(flags));
}

import { gridOf, type TrialConfig } from '@retrace/sweep';
import type { WindowSpec } from '@retrace/windowing';
import { toScorerSpec } from './scorer-flags.ts';
import type { SweepFlags } from './sweep-flags.ts';
import { toThreshold } from './threshold-flag.ts';

/** Makes the configurations of all combinations of the values to try; `windows` has what they share, and any lookback. */
export function sweepConfigs(flags: SweepFlags, windows: WindowSpec): TrialConfig[] {
  const { scaler, epochs, batchSize, clipNorm, patience, validation, seed } = flags;
  const base: TrialConfig = {
    windows,
    model: { kind: 'reconstruct', units: [] },
    scaler: { kind: scaler },
    fit: {
      epochs,
      batchSize,
      optimizer: { kind: 'adam' },
      ...(clipNorm !== undefined && { clipNorm }),
      ...(patience !== undefined && { earlyStopping: { patience } }),
    },
    scorer: toScorerSpec(flags),
    threshold: toThreshold(flags),
    validation,
    seed,
  };
  return gridOf(base, {
    'windows.lookback': flags.lookback,
    'model.units': flags.units,
    'model.dropout': flags.dropout,
    'fit.optimizer.learningRate': flags.learningRate,
  });
}

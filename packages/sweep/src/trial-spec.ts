import { checkOneOf } from '@retrace/errors';
import { composite, type ModelSpec, reconstruct, sequence } from '@retrace/models';
import type { WindowSpec } from '@retrace/windowing';
import type { TrialConfig } from './trial-config.ts';

/** Makes the spec of a trial's model; throws what its builder throws. */
export function trialSpec({ model, windows }: TrialConfig, features: number): ModelSpec {
  const shape = { timesteps: windows.lookback, features };
  checkOneOf('model.kind', model.kind, ['reconstruct', 'composite', 'sequence']);
  switch (model.kind) {
    case 'reconstruct': {
      const { kind: _, ...options } = model;
      return reconstruct({ ...options, ...shape });
    }
    case 'composite': {
      const { kind: _, ...options } = model;
      return composite({ ...options, ...shape });
    }
    case 'sequence': {
      const { kind: _, ...options } = model;
      return sequence({ ...options, ...shape });
    }
  }
}

/** How windows to train on are cut: those of a composite have targets too. */
export function trainingWindows({ model, windows }: TrialConfig): WindowSpec {
  if (model.kind !== 'composite') return windows;
  const { horizon, shift = 0 } = model;
  return { ...windows, horizon, shift };
}

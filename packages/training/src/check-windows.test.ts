import { type ReconstructSpec, reconstruct } from '@retrace/models';
import { arrayWindows } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { checkWindows } from './check-windows.ts';

const spec: ReconstructSpec = reconstruct({ timesteps: 2, features: 1, units: [3] });
const past = { name: 'past', target: 'input', weight: 1 } as const;
const future = { name: 'future', target: 'target', weight: 1 } as const;

describe('checkWindows(argument, windows, model)', () => {
  it('accepts windows as long and as wide as the model', () => {
    const windows = arrayWindows({ input: [1, 2], shape: [1, 2, 1] });
    expect(() => checkWindows('windows', windows, { spec, heads: [past] })).not.toThrow();
  });

  it('refuses windows without a target for a model that predicts one', () => {
    const windows = arrayWindows({ input: [1, 2], shape: [1, 2, 1] });
    const withTarget = arrayWindows({ input: [1, 2], shape: [1, 2, 1], target: [3] });
    const model = { spec, heads: [past, future] };
    expect(() => checkWindows('windows', withTarget, model)).not.toThrow();
    expect(() => checkWindows('windows', windows, model)).toThrow(
      expect.objectContaining({
        code: 'RETRACE_INVALID_SHAPE',
        details: { argument: 'windows', heads: ['past', 'future'] },
      }),
    );
  });

  it('says the sizes of both where they differ', () => {
    const windows = arrayWindows({ input: [1, 2, 3, 4, 5, 6], shape: [1, 3, 2] });
    expect(() => checkWindows('validation', windows, { spec, heads: [past] })).toThrow(
      expect.objectContaining({
        code: 'RETRACE_INVALID_SHAPE',
        details: {
          argument: 'validation',
          model: { timesteps: 2, features: 1 },
          windows: { timesteps: 3, features: 2 },
        },
      }),
    );
  });
});

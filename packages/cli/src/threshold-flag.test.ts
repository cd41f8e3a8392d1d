import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addThresholdFlags,
  checkThresholdFlags,
  type ThresholdFlags,
  toThreshold,
} from './threshold-flag.ts';

function read(...argv: string[]): ThresholdFlags {
  const command = new Command().exitOverride();
  addThresholdFlags(command);
  return command.parse(argv, { from: 'user' }).opts();
}

describe('--threshold and --quantile', () => {
  it.each([
    [[], { kind: 'quantile', q: 0.99 }],
    [['--quantile', '0.9'], { kind: 'quantile', q: 0.9 }],
    [['--threshold', 'quantile:q=0.9'], { kind: 'quantile', q: 0.9 }],
    [['--threshold', 'mad'], { kind: 'mad' }],
    [['--threshold', 'sigma:k=4'], { kind: 'sigma', k: 4 }],
    [['--threshold', 'conformal:alpha=0.05'], { kind: 'conformal', alpha: 0.05 }],
    [['--threshold', 'budget:alarmsPerDay=2'], { kind: 'budget', alarmsPerDay: 2 }],
    [['--threshold', 'pot:risk=1e-3,level=0.9'], { kind: 'pot', risk: 1e-3, level: 0.9 }],
    [['--threshold', 'dspot:depth=50'], { kind: 'dspot', depth: 50 }],
    [['--threshold', 'dynamic:window=500,prune=0.2'], { kind: 'dynamic', window: 500, prune: 0.2 }],
  ])('%j choose %j', (argv, threshold) => {
    expect(toThreshold(read(...argv))).toEqual(threshold);
  });
  it.each([
    ['spoot', /`--threshold` must be one of .* Did you mean 'spot'/],
    ['spot:depth=3', /`--threshold spot` must be followed by settings.*: risk, level/],
    ['conformal:alpha=0', /`--threshold conformal:alpha` must be/],
    ['dynamic:window=1.5', /`--threshold dynamic:window` must be an integer/],
  ])('refuse %j', (text, message) => {
    expect(() => read('--threshold', text)).toThrow(message);
  });
  it('are refused together', () => {
    const flags = read('--threshold', 'mad', '--quantile', '0.9');
    expect(() => checkThresholdFlags(flags)).toThrow('`--quantile` is short for `--threshold quantile:q=…`');
    checkThresholdFlags(read('--quantile', '0.9'));
  });
});

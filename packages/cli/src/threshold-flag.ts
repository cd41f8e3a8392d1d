import type { ThresholdSpec } from '@retrace/scoring';
import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { below1, type FlagParser, integerFlag, notNegative, numberFlag, positive } from './flag-values.ts';
import { kindFlag } from './kind-flag.ts';

/** The flags that choose the threshold. */
export interface ThresholdFlags {
  readonly threshold?: ThresholdSpec;
  readonly quantile?: number;
}

const share = (flag: string): FlagParser<number> => numberFlag(flag, { min: 0, max: 1 });
const odds = (flag: string): FlagParser<number> => numberFlag(flag, { ...positive, ...{ max: below1.max! } });
const level = (flag: string): FlagParser<number> => numberFlag(flag, below1);
const amount = (flag: string): FlagParser<number> => numberFlag(flag, notNegative);
const rows = (flag: string): FlagParser<number> => integerFlag(flag, { min: 1 });

const parseThreshold: FlagParser<ThresholdSpec> = kindFlag('--threshold', {
  quantile: { q: share, standardErrors: amount },
  sigma: { k: amount },
  mad: { k: amount },
  conformal: { alpha: odds },
  budget: { share, alarmsPerDay: amount },
  pot: { risk: odds, level },
  spot: { risk: odds, level },
  dspot: { risk: odds, level, depth: rows },
  dynamic: { window: rows, buffer: rows, prune: share },
});

/** Adds `--threshold` and its short form `--quantile`. */
export function addThresholdFlags(command: Command): void {
  command
    .option(
      '--threshold <kind>',
      'quantile:q=0.99,standardErrors=3, sigma:k=3, mad:k=3, conformal:alpha=0.01, budget:share=0.001 or budget:alarmsPerDay=1, ' +
        'pot:risk=1e-4,level=0.98, spot and dspot:depth=200 (which learn on), dynamic:window=2100,buffer=100,prune=0.13',
      parseThreshold,
    )
    .option(
      '--quantile <share>',
      'of the calibration scores that lie below the threshold, as --threshold quantile:q= (default: suggested)',
      share('--quantile'),
    );
}

/** Reads the threshold that the flags choose, the quantile 0.99 if none does. */
export function toThreshold({ threshold, quantile }: ThresholdFlags): ThresholdSpec {
  return threshold ?? { kind: 'quantile', q: quantile ?? 0.99 };
}

/** Throws `RETRACE_COMMAND_LINE` for flags that contradict each other. */
export function checkThresholdFlags({ threshold, quantile }: ThresholdFlags): void {
  if (threshold !== undefined && quantile !== undefined)
    throw commandLineError('`--quantile` is short for `--threshold quantile:q=…`. Give one of the two.');
}

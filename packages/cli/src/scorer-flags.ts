import type { RowAggregate } from '@retrace/detector';
import { argumentError } from '@retrace/errors';
import type { ScorerSpec, Smoothing } from '@retrace/scoring';
import type { LossSpec } from '@retrace/training';
import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { choiceFlag, type FlagParser, integerFlag, numberFlag, positive } from './flag-values.ts';
import { kindFlag } from './kind-flag.ts';

/** The flags that decide how a row is scored. */
export interface ScorerFlags {
  readonly scorer?: 'standardised' | 'gaussian' | 'quantile' | 'mse' | 'mae';
  readonly clip?: number;
  readonly smooth?: Smoothing | 'none';
  readonly aggregate?: RowAggregate;
  readonly perEntity?: boolean;
}

/** Adds the flags that decide how a row is scored. */
export function addScorerFlags(command: Command): void {
  command
    .optionsGroup('Score and threshold:')
    .option(
      '--scorer <kind>',
      'standardised, gaussian, quantile, mse or mae (default: suggested; with --loss gaussian the likelihood)',
      choiceFlag('--scorer', ['standardised', 'gaussian', 'quantile', 'mse', 'mae']),
    )
    .option(
      '--clip <spreads>',
      'that one residual counts as at most, for standardised (default: any)',
      numberFlag('--clip', positive),
    )
    .option(
      '--smooth <kind>',
      'scores over past rows: ewma:halfLife=5, median:rows=5 or none (default: suggested)',
      parseSmoothing,
    )
    .option(
      '--aggregate <kind>',
      'of the windows that a row is in: mean, median or first (default: mean; for latent-target first)',
      choiceFlag('--aggregate', ['mean', 'median', 'first']),
    )
    .option('--per-entity', 'measure residuals by those of each series, where its rows are enough');
}

const smoothingOf = kindFlag('--smooth', {
  ewma: { halfLife: (flag) => numberFlag(flag, positive) },
  median: { rows: (flag) => integerFlag(flag, { min: 1, max: 10_000 }) },
  none: {},
});

const parseSmoothing: FlagParser<Smoothing | 'none'> = (text) => {
  const { kind, ...given } = smoothingOf(text);
  if ('halfLife' in given && given.halfLife !== undefined) return { kind: 'ewma', halfLife: given.halfLife };
  if ('rows' in given && given.rows !== undefined) return { kind: 'median', rows: given.rows };
  if (kind === 'none') return kind;
  const setting = kind === 'ewma' ? 'halfLife' : 'rows';
  throw argumentError('--smooth', `given with \`${setting}\`, such as ${kind}:${setting}=5`, text);
};

/** Throws `RETRACE_COMMAND_LINE` for flags that contradict each other. */
export function checkScorerFlags({
  scorer,
  clip,
  perEntity,
  loss,
}: ScorerFlags & { readonly loss?: LossSpec }): void {
  const kind = scorer ?? (loss === 'gaussian' ? 'likelihood' : 'standardised');
  if (clip !== undefined && kind !== 'standardised')
    throw commandLineError(`\`--clip\` belongs to \`--scorer standardised\`, not to ${kind}.`);
  if (perEntity && (kind === 'mse' || kind === 'mae'))
    throw commandLineError(`\`--scorer ${kind}\` measures nothing that could be \`--per-entity\`.`);
}

/** Turns the flags into a scorer to fit. */
export function toScorerSpec({ scorer, clip, smooth, perEntity }: ScorerFlags): ScorerSpec {
  return {
    ...(scorer && { kind: scorer }),
    ...(clip !== undefined && { clip }),
    ...(smooth && smooth !== 'none' && { smoothing: smooth }),
    ...(perEntity && { perEntity }),
  };
}

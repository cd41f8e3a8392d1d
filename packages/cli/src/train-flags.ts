import type { AnomalyOptions, ScorerSpec, ThresholdSpec } from '@retrace/scoring';
import type { ScalerKind } from '@retrace/windowing';
import type { Command } from 'commander';
import { addCheckpointFlags, type CheckpointFlags } from './checkpoint-flags.ts';
import { commandLineError } from './command-line-error.ts';
import { type Duration, parseDuration } from './duration.ts';
import { checkUnits } from './duration-units.ts';
import { addFitFlags, type FitFlags } from './fit-flags.ts';
import { choiceFlag, integerFlag, numberFlag, positive } from './flag-values.ts';
import { addModelFlags, checkModelFlags, type ModelFlags } from './model-flags.ts';
import { parseResample, type ResampleFlag } from './resample-plan.ts';
import { addScorerFlags, checkScorerFlags, type ScorerFlags } from './scorer-flags.ts';
import type { TableFlags } from './table-flags.ts';
import { addThresholdFlags, checkThresholdFlags, type ThresholdFlags } from './threshold-flag.ts';
import { checkSplit } from './training-split.ts';

/** The flags that decide what `train` fits. */
export interface TrainFlags
  extends TableFlags,
    ModelFlags,
    FitFlags,
    CheckpointFlags,
    ScorerFlags,
    ThresholdFlags {
  readonly train: number;
  readonly calibration: number;
  readonly lookback?: number;
  readonly stride?: number;
  readonly scoreStride?: number;
  readonly maxGap?: Duration;
  readonly resample?: ResampleFlag;
  readonly minRows?: number;
  readonly scaler: ScalerKind;
}

/** The flags with nothing left open. */
export interface SettledFlags extends TrainFlags {
  readonly lookback: number;
  readonly stride: number;
  readonly scoreStride: number;
  readonly units: readonly number[];
  readonly epochs: number;
  readonly scored: {
    readonly scorer: ScorerSpec;
    readonly threshold: ThresholdSpec;
    readonly anomalies: AnomalyOptions;
  };
}

/** Adds the flags that decide what is fitted. */
export function addTrainFlags(command: Command): void {
  const integer = (name: string, min: number) => integerFlag(name, { min });
  command
    .optionsGroup('Rows and windows:')
    .option(
      '--train <share>',
      'of the rows of each series, the first, to train on',
      numberFlag('--train', { ...positive, max: 1 }),
      0.6,
    )
    .option(
      '--calibration <share>',
      'of the rows, the next, to set the threshold on; the rest tests',
      numberFlag('--calibration', { ...positive, max: 1 }),
      0.2,
    )
    .option('--lookback <rows>', 'in a window (default: suggested, see below)', integer('--lookback', 1))
    .option('--stride <rows>', 'from one window to the next (default: suggested)', integer('--stride', 1))
    .option(
      '--score-stride <rows>',
      'from one window that is scored to the next (default: the stride if given, else suggested)',
      integer('--score-stride', 1),
    )
    .option(
      '--max-gap <duration>',
      'no window crosses a longer gap: 500ms, 30s, 5m, 2h, 1d; of a counter, a plain number',
      (text: string) => parseDuration('--max-gap', text),
    )
    .option(
      '--resample <every>',
      'lay rows on a grid first, such as 5m or 5m,mean: last (default), mean, linear or none; kept in the detector',
      parseResample,
    )
    .option(
      '--min-rows <rows>',
      'between gaps, below which rows are left out (default: the lookback)',
      integer('--min-rows', 1),
    )
    .option(
      '--scaler <kind>',
      'standard, minmax or robust',
      choiceFlag('--scaler', ['standard', 'minmax', 'robust']),
      'standard',
    );
  addModelFlags(command);
  addFitFlags(command);
  addCheckpointFlags(command);
  addScorerFlags(command);
  addThresholdFlags(command);
}

/** What the help of a command tells of flags that are left open. */
export const suggestedFlagsHelp = `
What is not given is suggested by the training rows: windows, units and bottleneck, epochs,
patience, learning rate and the norm of gradients, scorer, smoothing, threshold, and the gap that
anomalies are merged over, which \`detect\` follows.`;

/** Throws `RETRACE_COMMAND_LINE` for flags that are sound by themselves but not together. */
export function checkTrainFlags(flags: TrainFlags): void {
  const { lookback, minRows, maxGap, resample, time, label, features } = flags;
  checkSplit(flags);
  if (minRows !== undefined && lookback !== undefined && minRows > lookback)
    throw commandLineError(`\`--min-rows\` ${minRows} must not exceed \`--lookback\` ${lookback}.`);
  checkUnits({ maxGap }, time);
  if (resample && time === undefined)
    throw commandLineError('`--resample` needs `--time`: without it rows are counted.');
  if (resample && maxGap && maxGap.value < 2 * resample.every.value)
    throw commandLineError(
      '`--max-gap` must be at least twice `--resample`: shorter gaps vanish in the grid.',
    );
  if (label !== undefined && features?.includes(label))
    throw commandLineError(`The column '${label}' cannot be both a feature and the label.`, {
      column: label,
    });
  checkThresholdFlags(flags);
  checkModelFlags(flags);
  checkScorerFlags(flags);
}

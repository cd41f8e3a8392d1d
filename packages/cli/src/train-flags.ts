import type { ScorerState } from '@retrace/scoring';
import type { ScalerKind } from '@retrace/windowing';
import { type Command, Option } from 'commander';
import { addCheckpointFlags, type CheckpointFlags } from './checkpoint-flags.ts';
import { commandLineError } from './command-line-error.ts';
import { type Duration, parseDuration } from './duration.ts';
import { checkUnits } from './duration-units.ts';
import { addFitFlags, type FitFlags } from './fit-flags.ts';
import { below1, choiceFlag, integerFlag, integersFlag, numberFlag, positive } from './flag-values.ts';
import { parseResample, type ResampleFlag } from './resample-plan.ts';
import type { TableFlags } from './table-flags.ts';
import { addThresholdFlags, checkThresholdFlags, type ThresholdFlags } from './threshold-flag.ts';
import { checkSplit } from './training-split.ts';

/** The flags that decide what `train` fits. */
export interface TrainFlags extends TableFlags, FitFlags, CheckpointFlags, ThresholdFlags {
  readonly train: number;
  readonly calibration: number;
  readonly lookback: number;
  readonly stride: number;
  readonly maxGap?: Duration;
  readonly resample?: ResampleFlag;
  readonly minRows?: number;
  readonly scaler: ScalerKind;
  readonly units: readonly number[];
  readonly decoderUnits?: readonly number[];
  readonly dropout: number;
  readonly scorer: ScorerState['kind'];
  readonly clip?: number;
  readonly smoothing?: number;
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
    .option('--lookback <rows>', 'in a window', integer('--lookback', 1), 30)
    .option('--stride <rows>', 'from one window to the next', integer('--stride', 1), 1)
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
    )
    .optionsGroup('Model:')
    .addOption(
      new Option('--units <widths>', 'of the encoder layers, such as 64 or 64,32; the decoder mirrors them')
        .argParser(integersFlag('--units', { min: 1 }))
        .default([64], '64'),
    )
    .option(
      '--decoder-units <widths>',
      "of the decoder layers (default: the encoder's, mirrored)",
      integersFlag('--decoder-units', { min: 1 }),
    )
    .option('--dropout <share>', 'of the outputs of each layer', numberFlag('--dropout', below1), 0);
  addFitFlags(command);
  addCheckpointFlags(command);
  command
    .optionsGroup('Score and threshold:')
    .option(
      '--scorer <kind>',
      'standardised, gaussian, mse or mae',
      choiceFlag('--scorer', ['standardised', 'gaussian', 'mse', 'mae']),
      'standardised',
    )
    .option(
      '--clip <spreads>',
      'that one residual counts as at most, for standardised (default: any)',
      numberFlag('--clip', positive),
    )
    .option(
      '--smoothing <rows>',
      'the half-life of the mean over past scores (default: none)',
      numberFlag('--smoothing', positive),
    );
  addThresholdFlags(command);
}

/** Throws `RETRACE_COMMAND_LINE` for flags that are sound by themselves but not together. */
export function checkTrainFlags(flags: TrainFlags): void {
  const { lookback, minRows, maxGap, resample, time, label, features, clip, scorer } = flags;
  checkSplit(flags);
  if (minRows !== undefined && minRows > lookback)
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
  if (clip !== undefined && scorer !== 'standardised')
    throw commandLineError(`\`--clip\` belongs to \`--scorer standardised\`, not to ${scorer}.`);
}

import { availableParallelism } from 'node:os';
import { argumentError } from '@retrace/errors';
import type { ComparedMetric } from '@retrace/sweep';
import { Command, Option } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { choiceFlag, integerFlag, integersFlag, numberFlag } from './flag-values.ts';
import { addTrainFlags, checkTrainFlags, type SettledFlags, type TrainFlags } from './train-flags.ts';

/** The flags of `train` of which a sweep tries several values. */
interface SweptFlags {
  readonly lookback: readonly number[];
  readonly units: readonly (readonly number[])[];
  readonly dropout: readonly number[];
  readonly learningRate: readonly number[];
}

/** The flags that decide what `sweep` trains. */
export interface SweepFlags
  extends Omit<TrainFlags, keyof SweptFlags | 'decoderUnits' | 'stride' | 'epochs'>,
    SweptFlags,
    Pick<SettledFlags, 'stride' | 'epochs'> {
  readonly folds?: number;
  readonly seeds: number;
  readonly metric: MetricFlag;
  readonly workers: number;
  readonly storage?: string;
  readonly resume?: boolean;
  readonly plot?: string;
  readonly out?: string;
}

type MetricFlag = 'loss' | 'average-precision' | 'roc-auc' | 'point-f1' | 'event-f1';

const metrics: Readonly<Record<MetricFlag, ComparedMetric>> = {
  loss: 'loss',
  'average-precision': 'averagePrecision',
  'roc-auc': 'rocAuc',
  'point-f1': 'pointF1',
  'event-f1': 'eventF1',
};

/** The metric that a flag names. */
export function metricOf({ metric }: Pick<SweepFlags, 'metric'>): ComparedMetric {
  return metrics[metric];
}

/** The flags that a sweep takes over from `train`, one value for all trials. */
const shared = [
  '--train',
  '--calibration',
  '--stride',
  '--max-gap',
  '--resample',
  '--min-rows',
  '--scaler',
  '--epochs',
  '--batch-size',
  '--clip-norm',
  '--validation',
  '--patience',
  '--seed',
  '--scorer',
  '--clip',
  '--smooth',
  '--per-entity',
  '--threshold',
  '--quantile',
];

/** What stands in for that which `train` leaves to the rows: trials are told apart by nothing but what varies. */
const plainValues: Readonly<Record<string, number>> = { '--stride': 1, '--epochs': 20 };
const plainTexts: Readonly<Record<string, string>> = {
  '--clip-norm': 'none',
  '--patience': 'never',
  '--scorer': 'standardised',
  '--smooth': 'none',
  '--quantile': '0.99',
};

/** Adds the flags that decide what is trained. */
export function addSweepFlags(command: Command): void {
  command
    .optionsGroup('To try, each value with each other:')
    .addOption(
      listOption(
        '--lookback <rows>',
        'in a window, such as 20,50',
        integerFlag('--lookback', { min: 1 }),
        '30',
      ),
    )
    .addOption(
      listOption(
        '--units <widths>',
        'of the encoder layers, such as 32,64x32: one layer of 32, and two of 64 and 32; the decoder mirrors them',
        layersOf,
        '64',
      ),
    )
    .addOption(
      listOption(
        '--dropout <shares>',
        'of the outputs of each layer',
        numberFlag('--dropout', { min: 0, max: 1 - Number.EPSILON }),
        '0',
      ),
    )
    .addOption(
      listOption(
        '--learning-rate <rates>',
        'of Adam',
        numberFlag('--learning-rate', { min: Number.MIN_VALUE, max: 1e9 }),
        '0.001',
      ),
    )
    .optionsGroup('Sweep:')
    .option(
      '--folds <count>',
      'blocks of the training rows, each of which validates once (default: the last rows validate)',
      integerFlag('--folds', { min: 2 }),
    )
    .option('--seeds <count>', 'to train each trial with', integerFlag('--seeds', { min: 1 }), 1)
    .option(
      '--metric <name>',
      `to rank by: ${Object.keys(metrics).join(', ')}; all but the loss need --label`,
      choiceFlag('--metric', Object.keys(metrics) as MetricFlag[]),
      'loss',
    )
    .addOption(
      new Option('--workers <count>', 'threads, each of which trains one at a time')
        .argParser(integerFlag('--workers', { min: 1, max: 1024 }))
        .default(availableParallelism(), 'as many as cores'),
    )
    .option('--storage <folder>', 'keeps each finished fit, to go on from')
    .option('--resume', 'go on from what the storage has');
  const trainCommand = new Command();
  addTrainFlags(trainCommand);
  for (const option of trainCommand.options) {
    if (!shared.includes(option.long!)) continue;
    const [value, text] = [plainValues[option.long!], plainTexts[option.long!]];
    if (value !== undefined || text !== undefined) {
      const own = text === undefined ? '' : ` (default: ${text})`;
      option.description = option.description.replace(/ \(default: .*\)$/, own);
      option.default(value);
    }
    command.addOption(option);
  }
}

function listOption<T>(
  flags: string,
  description: string,
  parse: (text: string) => T,
  usual: string,
): Option {
  const [flag] = flags.split(' ') as [string];
  const parseList = (text: string): T[] => {
    const values = text.split(',').map((part) => parse(part.trim()));
    if (new Set(values.map((value) => JSON.stringify(value))).size === values.length) return values;
    throw argumentError(flag, 'values separated by commas, each once', text);
  };
  return new Option(flags, description).argParser(parseList).default(parseList(usual), usual);
}

function layersOf(text: string): number[] {
  return integersFlag('--units', { min: 1 })(text.replaceAll('x', ','));
}

/** Throws `RETRACE_COMMAND_LINE` for flags that are sound by themselves but not together. */
export function checkSweepFlags(flags: SweepFlags): void {
  const { lookback, validation, metric, label, resume, storage, out, plot } = flags;
  const { units: _, dropout: __, learningRate: ___, ...rest } = flags;
  checkTrainFlags({ ...rest, lookback: Math.min(...lookback), units: [], dropout: 0, learningRate: 1 });
  if (validation === 0)
    throw commandLineError('`--validation` must be above 0: trials are compared on held-out rows.');
  if (metric !== 'loss' && label === undefined)
    throw commandLineError(`\`--metric ${metric}\` needs \`--label\`.`);
  if (resume && storage === undefined)
    throw commandLineError('`--resume` needs `--storage`, the folder to go on from.');
  if (out !== undefined && out === plot)
    throw commandLineError('`--out` and `--plot` must be two files.', { file: out });
  const tried = [flags.lookback, flags.units, flags.dropout, flags.learningRate];
  if (plot !== undefined && tried.every(({ length }) => length === 1))
    throw commandLineError(
      '`--plot` draws trials that differ. Give several values of `--lookback`, `--units`, `--dropout` or `--learning-rate`.',
    );
}

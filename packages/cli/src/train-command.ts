import { startWasm } from '@retrace/runtime-wasm';
import type { CheckpointOptions } from '@retrace/training';
import type { Command } from 'commander';
import { baselineFigures } from './baseline-figures.ts';
import { checkpointError } from './checkpoint-error.ts';
import { toCheckpointOptions } from './checkpoint-flags.ts';
import { warnOfUnits } from './duration-units.ts';
import { fitFlagsHelp } from './fit-flags.ts';
import { judgeSeries } from './judge-series.ts';
import { networkFigures } from './judge-tables.ts';
import type { MethodFigures } from './method-figures.ts';
import { modelFlagsHelp } from './model-flags.ts';
import { type OutputFile, prepareOutput } from './output-file.ts';
import { readTables } from './read-tables.ts';
import { type ResamplePlan, regrid, resampleKey, resamplePlan } from './resample-plan.ts';
import { openSession, type RunOptions, type Session, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { settleFlags } from './settle-flags.ts';
import { addTableFlags, toReadOptions } from './table-flags.ts';
import { type TrainedDetector, trainDetector } from './train-detector.ts';
import {
  addTrainFlags,
  checkTrainFlags,
  type SettledFlags,
  suggestedFlagsHelp,
  type TrainFlags,
} from './train-flags.ts';
import { historyKey, historyText } from './training-history.ts';
import { type TrainingParts, trainingParts } from './training-parts.ts';
import { trainingProvenance } from './training-provenance.ts';
import { leavesRowsToTest, splitKey, splitText } from './training-split.ts';
import { trainingSummary, trainingSummaryText } from './training-summary.ts';

interface Flags extends TrainFlags, SessionFlags {
  readonly out: string;
  readonly force?: boolean;
}

const help = `
The rows of each series are split in time: the first train the model, the next set the
threshold, the rest test. With --label no window with an anomalous row trains, and the test prints
how well the model ranks and finds the anomalies, beside simple baselines: last value, mean
distance, PCA, moving mean, windowed Gaussian, T² or SPE, VAR(5), sub-sequence PCA and discord.
${suggestedFlagsHelp}
${modelFlagsHelp}
${fitFlagsHelp}

A training with --checkpoint that was interrupted, or killed at any moment, goes on by the same
command with --resume, and ends with the same file, to the byte.

Examples:
  retrace train pumps.csv --time timestamp --by sensor_id --label label --max-gap 5m \\
    --out pumps.retrace
  retrace train monday.csv tuesday.csv --time t --features flow,current --units 64,32 \\
    --epochs 100 --patience 5 --out line.retrace
  retrace train pumps.csv --time timestamp --optimizer nadam --schedule cosine:warmup=2epochs \\
    --checkpoint pumps.checkpoints --resume --out pumps.retrace`;

/** Adds `retrace train`. */
export function addTrainCommand(program: Command, options: RunOptions): void {
  const command = program
    .command('train')
    .summary('fit a detector to tables')
    .description('Fits a detector, that is an LSTM network with its threshold, to the rows of tables.')
    .argument('<tables...>', 'CSV, JSON lines, Parquet, Arrow or npy, gzipped or not')
    .requiredOption('--out <file>', 'the detector, one file')
    .option('--force', 'replace the file if it exists');
  addTableFlags(command, {
    features: 'all other columns of numbers',
    label: 'kept from training, and measured against',
  });
  addTrainFlags(command);
  addSessionFlags(command, help);
  command.action(async (tables: string[], flags: Flags) => {
    await train(tables, flags, openSession(command, flags, options));
  });
}

async function train(tables: readonly string[], flags: Flags, session: Session): Promise<void> {
  const { signal, warn } = session;
  checkTrainFlags(flags);
  const checkpoint = toCheckpointOptions(flags);
  const output = await prepareOutput(flags.out, { inputs: tables, force: flags.force === true });
  const plan = flags.resample && resamplePlan(flags.resample, flags.maxGap);
  const series = regrid(await readTables(tables, toReadOptions(flags, warn), signal), plan);
  warnOfUnits({ maxGap: flags.maxGap, resample: flags.resample?.every }, series, warn);
  const settled = settleFlags(flags, series);
  const parts = trainingParts(series, settled, warn);
  await startWasm();
  try {
    await fitAndWrite({ parts, flags: settled, plan, checkpoint, output }, session);
  } catch (error) {
    throw flags.checkpoint === undefined
      ? error
      : checkpointError(error, { folder: flags.checkpoint, signal });
  }
}

/** A training that is ready to begin. */
interface Training {
  readonly parts: TrainingParts;
  readonly flags: Flags & SettledFlags;
  readonly plan: ResamplePlan | undefined;
  readonly checkpoint: CheckpointOptions | undefined;
  readonly output: OutputFile;
}

async function fitAndWrite(
  { parts, flags, plan, checkpoint, output }: Training,
  session: Session,
): Promise<void> {
  const { signal, progress, warn } = session;
  const trained = await trainDetector(parts, flags, {
    ...(checkpoint && { checkpoint }),
    ...(signal && { signal }),
    onStep: progress.onStep,
    onEpoch: progress.onEpoch,
    onWarning: warn,
  }).finally(progress.clear);
  try {
    const measured = flags.label !== undefined && leavesRowsToTest(flags);
    const metrics = measured ? await compare(trained, parts, session) : [];
    const metadata = {
      [historyKey]: historyText(trained.result.history),
      [splitKey]: splitText(flags),
      ...(plan && { [resampleKey]: JSON.stringify(plan) }),
    };
    const provenance = trainingProvenance({ trained, parts, metrics, seed: flags.seed });
    const bytes = await trained.detector.save({ metadata, provenance });
    signal?.throwIfAborted();
    await output.write(bytes);
    const told = { out: flags.out, trained, parts, metrics };
    if (session.json) await session.printJson(trainingSummary(told));
    else await session.print(trainingSummaryText(told));
  } finally {
    trained.detector.dispose();
  }
}

/** Measures the detector and the baselines on the rows that nothing was fitted on. */
async function compare(
  { detector }: TrainedDetector,
  parts: TrainingParts,
  session: Session,
): Promise<MethodFigures[]> {
  const { signal, warn } = session;
  if (parts.test.length === 0) {
    warn('The rows left to test on hold no window, so nothing is measured. Lower `train` or `calibration`.');
    return [];
  }
  const rules = {};
  const judged = await judgeSeries(detector, parts.test, { rules, signal });
  const figures = networkFigures(detector, judged);
  return figures
    ? [figures, ...(await baselineFigures(detector, parts, judged, { signal, warn, rules }))]
    : [];
}

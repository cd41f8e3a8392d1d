import { Worker } from 'node:worker_threads';
import { loadDetector } from '@retrace/detector';
import { RetraceError } from '@retrace/errors';
import { curvesChart } from '@retrace/report';
import { startWasm } from '@retrace/runtime-wasm';
import { folderStorage } from '@retrace/storage/node';
import {
  type FinishedTrial,
  type SweepResult,
  sweep,
  type TrialData,
  trainOne,
  trialCurves,
} from '@retrace/sweep';
import type { Command } from 'commander';
import { type OutputFile, prepareOutput } from './output-file.ts';
import { readTables } from './read-tables.ts';
import { type ResamplePlan, regrid, resampleKey, resamplePlan } from './resample-plan.ts';
import { openSession, type RunOptions, type Session, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { sweepConfigs } from './sweep-configs.ts';
import { addSweepFlags, checkSweepFlags, metricOf, type SweepFlags } from './sweep-flags.ts';
import { createSweepProgress } from './sweep-progress.ts';
import { sweepSummary, sweepSummaryText } from './sweep-summary.ts';
import { addTableFlags, toReadOptions } from './table-flags.ts';
import type { TextOutput } from './text-output.ts';
import { historyKey, historyText } from './training-history.ts';
import { trainingParts } from './training-parts.ts';
import { splitKey, splitText, type TrainingSplit } from './training-split.ts';

interface Flags extends SweepFlags, SessionFlags {
  readonly force?: boolean;
}

const help = `
The rows of each series are split as by \`train\`. Each combination of the values to try is a trial,
trained with every seed on every fold, and trials are ranked by the mean loss on rows held out from
training. With --folds the detector of --out is trained again, on all training rows.

Example:
  retrace sweep pumps.csv --time timestamp --by sensor_id --lookback 20,50 --units 32,64x32 \\
    --folds 3 --storage pumps-sweep --plot sweep.svg --out best.retrace`;

/** Adds `retrace sweep`. */
export function addSweepCommand(program: Command, options: RunOptions): void {
  const command = program
    .command('sweep')
    .summary('train many detectors on tables, and rank them')
    .description('Trains an LSTM autoencoder for each combination of settings, and ranks them.')
    .argument('<tables...>', 'CSV, JSON lines, Parquet, Arrow or npy, gzipped or not')
    .option('--out <file>', 'the best detector, one file')
    .option('--plot <file>', 'the metric over the first setting with several values, as SVG')
    .option('--force', 'replace these files if they exist');
  addTableFlags(command, {
    features: 'all other columns of numbers',
    label: 'kept from training, and measured against',
  });
  addSweepFlags(command);
  addSessionFlags(command, help);
  command.action(async (tables: string[], flags: Flags) => {
    await runSweep(tables, flags, openSession(command, flags, options), options.stderr);
  });
}

async function runSweep(
  tables: readonly string[],
  flags: Flags,
  session: Session,
  stderr: TextOutput,
): Promise<void> {
  const { signal, warn } = session;
  checkSweepFlags(flags);
  const prepare = async (path: string | undefined): Promise<OutputFile | undefined> =>
    path === undefined ? undefined : prepareOutput(path, { inputs: tables, force: flags.force === true });
  const [out, plot] = [await prepare(flags.out), await prepare(flags.plot)];
  const plan = flags.resample && resamplePlan(flags.resample, flags.maxGap);
  const series = regrid(await readTables(tables, toReadOptions(flags, warn), signal), plan);
  const parts = trainingParts(series, { ...flags, lookback: Math.min(...flags.lookback) }, warn);
  const data: TrialData = {
    train: parts.windows.series,
    calibration: parts.calibration,
    ...(flags.label !== undefined && { test: parts.test }),
  };
  const result = await sweepTables(
    flags,
    { data, configs: sweepConfigs(flags, parts.spec) },
    session,
    stderr,
  );
  const best = bestOf(result);
  const detector = out && (await bestDetector(best, { data, plan, split: flags, session }));
  signal?.throwIfAborted();
  await plot?.write(curvesChart(trialCurves(result.trials, { metric: metricOf(flags) })));
  if (detector) await out.write(detector);
  const told = { result, best, metric: flags.metric, out: flags.out, plot: flags.plot };
  if (session.json) await session.printJson(sweepSummary(told));
  else await session.print(sweepSummaryText(told));
}

async function sweepTables(
  flags: Flags,
  { configs, data }: { readonly configs: ReturnType<typeof sweepConfigs>; readonly data: TrialData },
  { signal, warn }: Session,
  stderr: TextOutput,
): Promise<SweepResult> {
  const { folds, seeds, workers, storage, resume = false, quiet } = flags;
  const progress = createSweepProgress(quiet ? { write: () => true } : stderr);
  const onWarning = (message: string): void => {
    progress.clear();
    warn(message);
  };
  // From `src` and from `dist` alike; without the arguments of this process, which may be meant for it alone.
  const start = () => new Worker(new URL('../dist/sweep-worker.js', import.meta.url), { execArgv: [] });
  try {
    return await sweep(configs, data, {
      ...(folds !== undefined && { folds }),
      seeds,
      metric: metricOf(flags),
      workers: { start, count: workers },
      ...(storage !== undefined && { storage: folderStorage(storage), resume }),
      onTrial: progress.onTrial,
      onWarning,
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted && storage !== undefined)
      onWarning(`What had finished is in ${storage}; go on with \`resume\`.`);
    throw error;
  } finally {
    progress.clear();
  }
}

function bestOf({ best, trials }: SweepResult): FinishedTrial {
  if (best) return best;
  const { code, message, details } = trials[0]!.error!;
  throw new RetraceError(
    code as RetraceError['code'],
    `All ${trials.length} trials failed, the first so: ${message}`,
    details,
  );
}

/** Returns the file of the best trial as `train` writes it; trained on all training rows if its fits left blocks out. */
async function bestDetector(
  { config, fits, files }: FinishedTrial,
  {
    data,
    plan,
    split,
    session: { signal, warn },
  }: {
    readonly data: TrialData;
    readonly plan: ResamplePlan | undefined;
    readonly split: TrainingSplit;
    readonly session: Session;
  },
): Promise<Uint8Array> {
  await startWasm();
  const [fit] = fits;
  const whole = fit!.fold === undefined;
  const options = { ...(signal && { signal }), onWarning: warn };
  const { file, history } = whole
    ? { file: files[0]!, history: fit!.history }
    : await trainOne(config, data, options);
  const detector = await loadDetector(file);
  try {
    const metadata = {
      [historyKey]: historyText(history),
      [splitKey]: splitText(split),
      ...(plan && { [resampleKey]: JSON.stringify(plan) }),
    };
    return await detector.save({ metadata });
  } finally {
    detector.dispose();
  }
}

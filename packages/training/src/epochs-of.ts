import { createPacer, type SequenceModel } from '@retrace/models';
import { type TensorModel, tensorsOf } from '@retrace/models/tensors';
import { holdOutTail, type Windows } from '@retrace/windowing';
import { createAdvisor } from './advice/advisor.ts';
import { checkTrainable } from './check-trainable.ts';
import { checkSameFeatures, checkWindows } from './check-windows.ts';
import { type CheckpointStore, openCheckpoints } from './checkpoint/checkpoint-store.ts';
import { identityOf } from './checkpoint/run-identity.ts';
import { noProgress } from './checkpoint/training-state.ts';
import { checkClassWeight } from './class-labels.ts';
import { createCollapseGuard } from './collapse-guard.ts';
import { createEarlyStopping } from './early-stopping.ts';
import type { EpochLog, FitResult } from './epoch-log.ts';
import { fitLossWeights } from './fit-loss-weights.ts';
import { type FitOptions, type FitSettings, parseFitOptions } from './fit-options.ts';
import { lockModel } from './model-lock.ts';
import { createUpdater } from './optimizer/updater.ts';
import type { RunSettings } from './run-settings.ts';
import { lossesOf, lossOf } from './term-mean.ts';
import { stepsOf, trainEpoch } from './train-epoch.ts';
import { validate } from './validate.ts';
import { restoreSnapshot, takeSnapshot } from './weight-snapshot.ts';

/**
 * Trains a model epoch by epoch: `for await (const log of epochsOf(model, windows, options))`. Leaving the loop ends
 * the training; the model keeps the weights of that moment, as it does after any error.
 *
 * The loss compares each head of the model with its target; padded steps and missing cells count nothing, and each
 * window counts by its weight. Batches and updates follow from the arguments alone: on one backend, the same model,
 * windows and options give the same weights to the bit.
 *
 * @param model Changed in place. Nothing else may train it at the same time.
 * @param windows As long and as wide as the model's timesteps and features, scaled.
 * @throws `RETRACE_INVALID_ARGUMENT` for options out of range or misspelt; `RETRACE_TOO_FEW_WINDOWS` where there is nothing
 * to train or validate on; `RETRACE_INVALID_SHAPE` for windows unlike the model; `RETRACE_NOTHING_TO_TRAIN` for a
 * model without a loss or a weight to train; `RETRACE_DISPOSED` for a disposed model; these at once. While training:
 * `RETRACE_BUSY` if another fit holds the model; `RETRACE_CLASS_LABEL` for a label that is no class; `RETRACE_NOT_FINITE`
 * before the first update that is not finite; the reason of `signal` once that is aborted.
 */
export function epochsOf(
  model: SequenceModel,
  windows: Windows,
  options: FitOptions,
): AsyncGenerator<EpochLog, FitResult> {
  const settings = parseFitOptions(options);
  const tensors = tensorsOf(model);
  checkTrainable(tensors, settings.loss);
  checkClassWeight(settings.classWeight, tensors);
  checkWindows('windows', windows, tensors);
  const split = splitOf(windows, settings.validation);
  if (split.validation) {
    checkWindows('validation', split.validation, tensors);
    checkSameFeatures(windows, split.validation);
  }
  const sizes = { features: windows.features, ...windows.spec };
  const lossWeights = fitLossWeights(options.lossWeights, tensors.heads, sizes);
  const identity = settings.checkpoint ? identityOf(tensors, split.train, split.validation, options) : '';
  return lockedEpochs(tensors, split, { ...settings, lossWeights }, identity);
}

interface Split {
  readonly train: Windows;
  readonly validation: Windows | undefined;
}

function splitOf(windows: Windows, validation: FitSettings['validation']): Split {
  return typeof validation === 'number' ? holdOutTail(windows, validation) : { train: windows, validation };
}

async function* lockedEpochs(
  model: TensorModel,
  split: Split,
  settings: RunSettings,
  identity: string,
): AsyncGenerator<EpochLog, FitResult> {
  const release = lockModel(model);
  try {
    const { checkpoint, onWarning } = settings;
    const checkpoints = checkpoint && (await openCheckpoints(checkpoint, identity, onWarning));
    try {
      return yield* epochs(model, split, settings, checkpoints);
    } finally {
      await checkpoints?.close();
    }
  } finally {
    release();
  }
}

async function* epochs(
  model: TensorModel,
  { train, validation }: Split,
  settings: RunSettings,
  checkpoints: CheckpointStore | undefined,
): AsyncGenerator<EpochLog, FitResult> {
  const { optimizer, clip, checkpoint, onStep, onEpoch, onWarning, signal } = settings;
  const { variables } = model;
  const resumed = checkpoints?.resumed;
  if (resumed) restoreSnapshot(variables, resumed.weights);
  const steps = stepsOf(train.length, settings);
  const allSteps = settings.epochs * steps;
  const history = [...(resumed?.history ?? [])];
  const began = performance.now();
  const seconds = (): number => (resumed?.seconds ?? 0) + secondsSince(began);
  const pace = createPacer({ signal });
  const earlyStopping = createEarlyStopping(variables, settings.earlyStopping, resumed);
  const trainable = variables.filter(({ variable }) => variable.trainable);
  const updater = createUpdater(trainable, optimizer, clip, resumed);
  let { epoch, progress } = resumed ?? { epoch: 1, progress: noProgress };
  let spread = resumed?.spread ?? null;
  let kept = -1;
  const advisor = createAdvisor(model, train, settings);
  const save = async (): Promise<void> => {
    const updates = (epoch - 1) * steps + Math.ceil(progress.batches / settings.accumulate);
    if (!checkpoints || updates === kept) return;
    kept = updates;
    const [weights, { slots, learningRate }] = [await takeSnapshot(variables), await updater.snapshot()];
    const known = { epoch, progress, history, seconds: seconds(), ...earlyStopping.state(), spread };
    await checkpoints.write({ ...known, weights, slots, learningRate }, updates, known.best.epoch * steps);
  };
  const finish = async (stopped: FitResult['stopped']): Promise<FitResult> => {
    earlyStopping.restore();
    await advisor.seeEnd();
    const { best } = earlyStopping.state();
    const ran = history.length;
    const bestLoss = best.loss ?? Infinity;
    return {
      history,
      stopped,
      epochs: ran,
      steps: ran * steps,
      seconds: seconds(),
      bestEpoch: best.epoch,
      bestLoss,
    };
  };
  try {
    // The turn of the event loop leaves any `tidy` of the caller, which must not see the tensors of a step.
    await pace();
    const guard = await createCollapseGuard(model, train, settings, spread);
    spread = guard.spread;
    for (;;) {
      if (history.length >= settings.epochs) return await finish('epochs');
      if (earlyStopping.exhausted(history.length)) return await finish('early');
      const from = performance.now();
      const trained = await trainEpoch(model, train, {
        epoch,
        settings,
        updater,
        pace,
        from: progress,
        async onOutcome({ step, means, norm, learningRate }, reached) {
          progress = reached;
          const done = (epoch - 1) * steps + step;
          const elapsed = seconds();
          const secondsLeft = (elapsed / done) * (allSteps - done);
          const told = {
            epoch,
            epochs: settings.epochs,
            step,
            steps,
            loss: lossOf(means),
            gradientNorm: norm,
          };
          onStep?.({ ...told, learningRate, seconds: elapsed, secondsLeft });
          if (checkpoint && step < steps && done % checkpoint.everySteps === 0) await save();
        },
      });
      const windowsPerSecond = train.length / secondsSince(from);
      const forClasses = model.heads.some(({ target }) => target === 'label');
      if (epoch === 1 && trained.labelled > 0 && !forClasses)
        onWarning?.(labelledWarning(trained.labelled, train.length));

      const loss = lossOf(trained.means);
      const validated = validation && (await validate(model, validation, { epoch, settings, pace }));
      const validationLoss = validated && lossOf(validated);
      await guard.see(epoch);
      await advisor.seeEpoch(epoch);
      const watched = validationLoss ?? loss;
      const learningRate = updater.learningRateOf(epoch * steps);
      updater.seeEpoch(watched);
      const isBest = await earlyStopping.see({ epoch, loss: watched });
      const log: EpochLog = {
        epoch,
        loss,
        losses: lossesOf(trained.means),
        ...(validated && { validationLoss: lossOf(validated), validationLosses: lossesOf(validated) }),
        gradientNorm: trained.norms / steps,
        learningRate,
        seconds: secondsSince(from),
        windowsPerSecond,
        best: isBest,
      };
      history.push(log);
      [epoch, progress] = [epoch + 1, noProgress];
      await save();
      onEpoch?.(log);
      yield log;
    }
  } catch (error) {
    if (signal?.aborted && error === signal.reason) await save();
    throw error;
  } finally {
    updater.dispose();
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

function labelledWarning(labelled: number, windows: number): string {
  return (
    `${labelled} of the ${windows} training windows hold rows labelled anomalous, which the model learns to retrace. ` +
    'Train on `normalWindows(windows)` instead.'
  );
}

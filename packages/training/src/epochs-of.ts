import type { SequenceModel } from '@retrace/models';
import { type TensorModel, tensorsOf } from '@retrace/models/tensors';
import { holdOutTail, type Windows } from '@retrace/windowing';
import { checkTrainable } from './check-trainable.ts';
import { checkSameFeatures, checkWindows } from './check-windows.ts';
import { checkClassWeight } from './class-labels.ts';
import { createCollapseGuard } from './collapse-guard.ts';
import { createEarlyStopping } from './early-stopping.ts';
import type { EpochLog, FitResult } from './epoch-log.ts';
import { fitLossWeights } from './fit-loss-weights.ts';
import { type FitOptions, type FitSettings, parseFitOptions } from './fit-options.ts';
import { lockModel } from './model-lock.ts';
import { createUpdater } from './optimizer/updater.ts';
import { createPacer } from './pacer.ts';
import type { RunSettings } from './run-settings.ts';
import { lossesOf, lossOf } from './term-mean.ts';
import { stepsOf, trainEpoch } from './train-epoch.ts';
import { validate } from './validate.ts';

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
  checkTrainable(tensors);
  checkClassWeight(settings.classWeight, tensors);
  checkWindows('windows', windows, tensors);
  const split = splitOf(windows, settings.validation);
  if (split.validation) {
    checkWindows('validation', split.validation, tensors);
    checkSameFeatures(windows, split.validation);
  }
  const sizes = { features: windows.features, ...windows.spec };
  const lossWeights = fitLossWeights(options.lossWeights, tensors.heads, sizes);
  return lockedEpochs(tensors, split, { ...settings, lossWeights });
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
): AsyncGenerator<EpochLog, FitResult> {
  const release = lockModel(model);
  try {
    return yield* epochs(model, split, settings);
  } finally {
    release();
  }
}

async function* epochs(
  model: TensorModel,
  { train, validation }: Split,
  settings: RunSettings,
): AsyncGenerator<EpochLog, FitResult> {
  const { optimizer, clip, onStep, onEpoch, onWarning, signal } = settings;
  const { variables } = model;
  const steps = stepsOf(train.length, settings);
  const allSteps = settings.epochs * steps;
  const history: EpochLog[] = [];
  const began = performance.now();
  const pace = createPacer({ signal });
  const earlyStopping = createEarlyStopping(variables, settings.earlyStopping);
  const trainable = variables.filter(({ variable }) => variable.trainable);
  const updater = createUpdater(trainable, optimizer, clip);
  try {
    // The turn of the event loop leaves any `tidy` of the caller, which must not see the tensors of a step.
    await pace();
    const guard = await createCollapseGuard(model, train, settings);
    for (let epoch = 1; ; epoch++) {
      const from = performance.now();
      const trained = await trainEpoch(model, train, {
        epoch,
        settings,
        updater,
        pace,
        onOutcome: ({ step, means, norm, learningRate }) => {
          const seconds = secondsSince(began);
          const done = (epoch - 1) * steps + step;
          const secondsLeft = (seconds / done) * (allSteps - done);
          const loss = lossOf(means);
          onStep?.({
            epoch,
            epochs: settings.epochs,
            step,
            steps,
            loss,
            gradientNorm: norm,
            learningRate,
            seconds,
            secondsLeft,
          });
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
      const watched = validationLoss ?? loss;
      const learningRate = updater.learningRateOf(epoch * steps);
      updater.seeEpoch(watched);
      const { best, exhausted } = await earlyStopping.see({ epoch, loss: watched });
      const last = exhausted || epoch === settings.epochs;
      if (last) earlyStopping.restore();

      const log: EpochLog = {
        epoch,
        loss,
        losses: lossesOf(trained.means),
        ...(validated && { validationLoss: lossOf(validated), validationLosses: lossesOf(validated) }),
        gradientNorm: trained.norm,
        learningRate,
        seconds: secondsSince(from),
        windowsPerSecond,
        best: best.epoch === epoch,
      };
      history.push(log);
      onEpoch?.(log);
      yield log;
      if (!last) continue;
      return {
        history,
        stopped: epoch === settings.epochs ? 'epochs' : 'early',
        epochs: epoch,
        steps: epoch * steps,
        seconds: secondsSince(began),
        bestEpoch: best.epoch,
        bestLoss: best.loss,
      };
    }
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

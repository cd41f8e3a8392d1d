import { RetraceError } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import { type TensorModel, tensorsOf } from '@retrace/models/tensors';
import { createAdamState, disposeAdamState } from '@retrace/ops';
import type { Windows } from '@retrace/windowing';
import { type BestEpoch, betterEpoch } from './best-epoch.ts';
import { checkWindows } from './check-windows.ts';
import type { EpochLog, FitResult } from './epoch-log.ts';
import { type FitOptions, type FitSettings, parseFitOptions } from './fit-options.ts';
import { lockModel } from './model-lock.ts';
import { createPacer } from './pacer.ts';
import { lossOf, type TermMean } from './term-mean.ts';
import { trainEpoch } from './train-epoch.ts';
import { validate } from './validate.ts';
import { splitValidation, type ValidationSplit } from './validation-split.ts';
import { restoreSnapshot, takeSnapshot, type WeightSnapshot } from './weight-snapshot.ts';

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
 * @throws `RETRACE_INVALID_ARGUMENT` for options out of range or misspelt; `RETRACE_NO_WINDOWS` where there is nothing
 * to train or validate on; `RETRACE_INVALID_SHAPE` for windows unlike the model; `RETRACE_DISPOSED` for a disposed
 * model; these at once. While training: `RETRACE_BUSY` if another fit holds the model; `RETRACE_NOT_FINITE` before
 * the first update that is not finite; the reason of `signal` once that is aborted.
 */
export function epochsOf(
  model: SequenceModel,
  windows: Windows,
  options: FitOptions,
): AsyncGenerator<EpochLog, FitResult> {
  const settings = parseFitOptions(options);
  const tensors = tensorsOf(model);
  checkWindows('windows', windows, tensors);
  const split = splitValidation(windows, settings.validation);
  if (split.validation) checkWindows('validation', split.validation, tensors);
  return lockedEpochs(tensors, split, settings);
}

async function* lockedEpochs(
  model: TensorModel,
  split: ValidationSplit,
  settings: FitSettings,
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
  { training, validation }: ValidationSplit,
  settings: FitSettings,
): AsyncGenerator<EpochLog, FitResult> {
  const { earlyStopping, optimizer, onStep, onEpoch, signal } = settings;
  const steps = Math.ceil(training.length / settings.batchSize);
  const began = performance.now();
  const pace = createPacer({ signal });
  const history: EpochLog[] = [];
  let best: BestEpoch | undefined;
  let bestWeights: WeightSnapshot | undefined;
  let stopped: FitResult['stopped'] = 'epochs';

  const adam = createAdamState(model.variables.map(({ variable }) => variable));
  try {
    // Leaves any tidy of the caller, which must not reach the tensors of the first step.
    await pace();
    for (let epoch = 1; epoch <= settings.epochs && stopped === 'epochs'; epoch++) {
      const from = performance.now();
      const { means, norm } = await trainEpoch(model, adam, training, {
        epoch,
        settings,
        pace,
        onOutcome(step, outcome) {
          const seconds = (performance.now() - began) / 1000;
          const done = (epoch - 1) * steps + step;
          onStep?.({
            epoch,
            epochs: settings.epochs,
            step,
            steps,
            loss: lossOf(outcome.means),
            gradientNorm: outcome.norm,
            seconds,
            secondsLeft: (seconds / done) * (settings.epochs * steps - done),
          });
        },
      });
      const trained = performance.now();
      const validationMeans = validation && (await validate(model, validation, { epoch, settings, pace }));
    }
  } finally {
    disposeAdamState(adam);
  }
}

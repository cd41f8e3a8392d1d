import type { NamedVariable } from '@retrace/models/tensors';
import { type NamedTensorMap, tidy } from '@tensorflow/tfjs-core';
import { applyGradients } from './apply-gradients.ts';
import { clipGradients } from './clip-gradients.ts';
import type { Clip } from './clip-options.ts';
import {
  afterEpoch,
  initialLearningRateState,
  type LearningRateState,
  learningRateAt,
} from './learning-rate.ts';
import type { Optimizer } from './optimizer-spec.ts';
import {
  createOptimizerState,
  disposeOptimizerState,
  type OptimizerSnapshot,
  readOptimizerState,
} from './optimizer-state.ts';
import { ruleOf } from './rule-of.ts';
import { stepSymptom } from './step-symptom.ts';

/** Where an optimizer stands, to go on from. */
export interface UpdaterSnapshot {
  readonly slots: OptimizerSnapshot;
  readonly learningRate: LearningRateState;
}

/** Moves the weights of a model by their gradients: clipped, at a learning rate that follows its schedule. */
export interface Updater {
  /** The learning rate of the `count`th update, from 1. */
  learningRateOf(count: number): number;
  /** Says why the `count`th step would leave float32, if it would. */
  symptomOf(norm: number, count: number): string | undefined;
  /** Takes the `count`th step. `norm` is the global norm of the gradients, which stay the caller's. */
  apply(gradients: NamedTensorMap, norm: number, count: number): void;
  /** Is told the watched loss of each epoch. */
  seeEpoch(loss: number): void;
  snapshot(): Promise<UpdaterSnapshot>;
  dispose(): void;
}

/** Makes the updater of an optimizer, at its beginning or where a snapshot was taken. */
export function createUpdater(
  variables: readonly NamedVariable[],
  optimizer: Optimizer,
  clip: Clip | undefined,
  snapshot?: UpdaterSnapshot,
): Updater {
  const rule = ruleOf(optimizer);
  const state = createOptimizerState(variables, rule.slots, snapshot?.slots);
  let rateState = snapshot?.learningRate ?? initialLearningRateState;
  const learningRateOf = (count: number): number =>
    learningRateAt(optimizer.learningRate, count - 1, rateState);
  return {
    learningRateOf,
    symptomOf: (norm, count) =>
      stepSymptom(
        optimizer,
        learningRateOf(count),
        clip?.by === 'clipNorm' ? Math.min(norm, clip.limit) : norm,
      ),
    apply(gradients, norm, count) {
      tidy(() => {
        const clipped = clip ? clipGradients(gradients, norm, clip) : gradients;
        const learningRate = learningRateOf(count);
        applyGradients(variables, clipped, { optimizer, rule, state, count, learningRate });
      });
    },
    seeEpoch(loss) {
      rateState = afterEpoch(optimizer.learningRate, rateState, loss);
    },
    snapshot: async () => ({ slots: await readOptimizerState(state), learningRate: rateState }),
    dispose: () => disposeOptimizerState(state),
  };
}

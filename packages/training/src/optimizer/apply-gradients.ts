import type { NamedVariable } from '@retrace/models/tensors';
import { adamUpdate } from '@retrace/ops';
import { mul, type NamedTensorMap, sub, tidy } from '@tensorflow/tfjs-core';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { Optimizer } from './optimizer-spec.ts';
import type { OptimizerState } from './optimizer-state.ts';

/** What an update needs to know. */
export interface UpdateContext {
  readonly optimizer: Optimizer;
  readonly rule: OptimizerRule;
  readonly state: OptimizerState;
  /** The number of this update, from 1. */
  readonly count: number;
  readonly learningRate: number;
}

/**
 * Moves variables by their gradients: first weight decay, then the optimizer's rule. Adam goes through the runtime's
 * `adamUpdate`, all variables in one kernel; what that gives is what its rule gives.
 *
 * @param gradients By the name of the tfjs variable; a variable without one stays as it is.
 */
export function applyGradients(
  variables: readonly NamedVariable[],
  gradients: NamedTensorMap,
  context: UpdateContext,
): void {
  const { optimizer, state, count, learningRate } = context;
  const moved = variables.filter(({ variable }) => gradients[variable.name]);
  const decay = optimizer.weightDecay * learningRate;
  // Not one factor of 1 - decay, whose rounding to float32 would add up over the steps.
  if (decay !== 0)
    for (const { variable } of moved) tidy(() => variable.assign(sub(variable, mul(variable, decay))));
  if (optimizer.kind !== 'adam') {
    for (const each of moved) applyRule(each, gradients, context);
    return;
  }
  const { beta1, beta2, epsilon } = optimizer;
  const moments = new Map(
    moved.map(({ name, variable }) => {
      const { first, second } = state.get(name)!;
      return [variable.name, { first: first!, second: second! }];
    }),
  );
  const options = { step: count, learningRate, beta1, beta2, epsilon };
  adamUpdate(
    moved.map(({ variable }) => variable),
    gradients,
    moments,
    options,
  );
}

/** Moves one variable by the composed form of its optimizer. */
export function applyRule(
  { name, variable }: NamedVariable,
  gradients: NamedTensorMap,
  { rule, state, count, learningRate }: UpdateContext,
): void {
  const slots = state.get(name)!;
  tidy(() => {
    const updated = rule.update(gradients[variable.name]!, slots, { count, learningRate });
    variable.assign(sub(variable, updated.move));
    for (const [slot, values] of Object.entries(updated.slots)) slots[slot]!.assign(values);
  });
}

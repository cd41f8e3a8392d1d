import type { Tensor } from '@tensorflow/tfjs-core';

/** What is kept of one variable from step to step, by name: of its shape, and zeros before the first. */
export type Slots<T extends Tensor = Tensor> = Readonly<Record<string, T>>;

interface RuleContext {
  /** The number of this update, from 1. */
  readonly count: number;
  readonly learningRate: number;
}

/**
 * How an optimizer moves one variable, as a pure pair: the slots it begins with, and an update from a gradient and the
 * slots to what is taken from the variable and the slots of the next step.
 */
export interface OptimizerRule {
  readonly slots: readonly string[];
  update(
    gradient: Tensor,
    slots: Slots,
    context: RuleContext,
  ): { readonly move: Tensor; readonly slots: Slots };
}

import { argumentError, checkKeys, checkNumber, checkNumberColumn } from '@retrace/errors';
import type { Head } from '@retrace/models/tensors';
import type { LossWeights } from './loss-weights.ts';

/** Weights that fit a model and its windows. */
export interface FittedLossWeights {
  headOf(head: Head): number;
  /** `[features]`; absent where all count 1. */
  readonly features: Float64Array | undefined;
  /** `[steps]` of what a head is trained towards; absent where all count 1. */
  readonly steps: Readonly<Partial<Record<Head['target'], Float64Array>>>;
}

/**
 * Fits weights to the heads of a model and the features of its windows.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a name that is none of theirs, and for weights that are negative, not finite, or
 * as many as there are no steps.
 */
export function fitLossWeights(
  weights: LossWeights | undefined,
  heads: readonly Head[],
  windows: { readonly features: readonly string[]; readonly lookback: number; readonly horizon: number },
): FittedLossWeights {
  const { heads: ofHeads = {}, features, steps = {} } = weights ?? {};
  if (weights) checkKeys('lossWeights', weights, ['heads', 'features', 'steps']);
  const names = heads.map(({ name }) => name);
  checkKeys('lossWeights.heads', ofHeads, names);
  for (const [name, weight] of Object.entries(ofHeads)) checkWeight(`lossWeights.heads.${name}`, weight);
  if (features) checkKeys('lossWeights.features', features, windows.features);
  checkKeys('lossWeights.steps', steps, names);
  const ofSteps: Partial<Record<Head['target'], Float64Array>> = {};
  for (const [name, values] of Object.entries(steps)) {
    const { target } = heads.find((head) => head.name === name)!;
    const argument = `lossWeights.steps.${name}`;
    if (target === 'label') throw argumentError(argument, 'left out: a class has no steps', values);
    if (ofSteps[target])
      throw argumentError(argument, 'given for one of the heads of the same target', values);
    const length = target === 'input' ? windows.lookback : windows.horizon;
    ofSteps[target] = Float64Array.from(checkNumberColumn(argument, values, length));
    for (const [step, weight] of ofSteps[target].entries()) checkWeight(`${argument}[${step}]`, weight);
  }
  return {
    headOf: ({ name, weight }) => (Object.hasOwn(ofHeads, name) ? ofHeads[name]! : weight),
    features:
      features &&
      Float64Array.from(windows.features, (name) =>
        Object.hasOwn(features, name) ? checkWeight(`lossWeights.features.${name}`, features[name]) : 1,
      ),
    steps: ofSteps,
  };
}

function checkWeight(argument: string, weight: unknown): number {
  return checkNumber(argument, weight, { min: 0 });
}

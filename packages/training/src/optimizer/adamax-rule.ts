import { abs, add, div, maximum, mul } from '@tensorflow/tfjs-core';
import { decayingMean } from './decaying-mean.ts';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { AdamaxSpec, Completed } from './optimizer-spec.ts';

/**
 * AdaMax (Kingma and Ba 2015, section 7.1), as Keras's `Adamax`:
 *
 *     first ← beta1 · first + (1 − beta1) · gradient
 *     largest ← max(beta2 · largest, |gradient|)
 *     value ← value − learningRate / (1 − beta1ᵗ) · first / (largest + epsilon)
 */
export function adamaxRule({ beta1, beta2, epsilon }: Completed<AdamaxSpec>): OptimizerRule {
  return {
    slots: ['first', 'largest'],
    update(gradient, slots, { count, learningRate }) {
      const first = decayingMean(slots.first!, gradient, beta1);
      const largest = maximum(mul(slots.largest!, beta2), abs(gradient));
      const stepSize = learningRate / (1 - beta1 ** count);
      return { move: div(mul(first, stepSize), add(largest, epsilon)), slots: { first, largest } };
    },
  };
}

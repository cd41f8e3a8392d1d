import { adamStepSize } from '@retrace/ops';
import { add, div, mul, sqrt, square } from '@tensorflow/tfjs-core';
import { decayingMean } from './decaying-mean.ts';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { AdamSpec, Completed } from './optimizer-spec.ts';

/**
 * Adam (Kingma and Ba 2015), as Keras's `Adam`: the composed form of what `adamUpdate` does in one kernel.
 *
 *     first ← beta1 · first + (1 − beta1) · gradient
 *     second ← beta2 · second + (1 − beta2) · gradient²
 *     value ← value − learningRate · √(1 − beta2ᵗ) / (1 − beta1ᵗ) · first / (√second + epsilon)
 */
export function adamRule({ beta1, beta2, epsilon }: Completed<AdamSpec>): OptimizerRule {
  return {
    slots: ['first', 'second'],
    update(gradient, slots, { count, learningRate }) {
      const first = decayingMean(slots.first!, gradient, beta1);
      const second = decayingMean(slots.second!, square(gradient), beta2);
      const stepSize = adamStepSize(count, learningRate, { beta1, beta2 });
      return { move: div(mul(first, stepSize), add(sqrt(second), epsilon)), slots: { first, second } };
    },
  };
}

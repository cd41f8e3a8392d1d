import { add, mul } from '@tensorflow/tfjs-core';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { Completed, SgdSpec } from './optimizer-spec.ts';

/**
 * Gradient descent, with momentum (Polyak 1964) or Nesterov's, as Keras's `SGD`:
 *
 *     velocity ← momentum · velocity − learningRate · gradient
 *     value ← value + velocity                                             or, Nesterov's,
 *     value ← value + momentum · velocity − learningRate · gradient
 */
export function sgdRule({ momentum, nesterov }: Completed<SgdSpec>): OptimizerRule {
  if (momentum === 0) {
    return {
      slots: [],
      update: (gradient, slots, { learningRate }) => ({ move: mul(gradient, learningRate), slots }),
    };
  }
  return {
    slots: ['velocity'],
    update(gradient, slots, { learningRate }) {
      const scaled = mul(gradient, learningRate);
      // Of the other sign than Keras's: it is taken from the value.
      const velocity = add(mul(slots.velocity!, momentum), scaled);
      return { move: nesterov ? add(mul(velocity, momentum), scaled) : velocity, slots: { velocity } };
    },
  };
}

import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core';
import { decayingMean } from './decaying-mean.ts';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { Completed, RmspropSpec } from './optimizer-spec.ts';

/**
 * RMSprop (Tieleman and Hinton 2012), as Keras's `RMSprop`:
 *
 *     squares ← rho · squares + (1 − rho) · gradient²
 *     mean ← rho · mean + (1 − rho) · gradient                             if centred
 *     step = learningRate · gradient / √(squares − mean² + epsilon)
 *     velocity ← momentum · velocity + step                                with momentum
 *     value ← value − velocity, or − step
 */
export function rmspropRule({ rho, momentum, centered, epsilon }: Completed<RmspropSpec>): OptimizerRule {
  return {
    slots: ['squares', ...(centered ? ['mean'] : []), ...(momentum > 0 ? ['velocity'] : [])],
    update(gradient, slots, { learningRate }) {
      const squares = decayingMean(slots.squares!, square(gradient), rho);
      const mean = centered ? decayingMean(slots.mean!, gradient, rho) : undefined;
      const variance = mean ? sub(squares, square(mean)) : squares;
      const step = div(mul(gradient, learningRate), sqrt(add(variance, epsilon)));
      const velocity = momentum > 0 ? add(mul(slots.velocity!, momentum), step) : undefined;
      return {
        move: velocity ?? step,
        slots: { squares, ...(mean && { mean }), ...(velocity && { velocity }) },
      };
    },
  };
}

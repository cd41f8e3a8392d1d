import { add, div, mul, sqrt, square } from '@tensorflow/tfjs-core';
import { decayingMean } from './decaying-mean.ts';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { Completed, NadamSpec } from './optimizer-spec.ts';

/** Of the schedule of the momentum, which Dozat chose and Keras keeps. */
const DECAY = 0.96;

/**
 * Nadam (Dozat 2016), as Keras's `Nadam`: Adam with Nesterov's momentum, which grows with the step t.
 *
 *     uₜ = beta1 · (1 − 0.96ᵗ / 2),   Uₜ = u₁ · … · uₜ
 *     first ← beta1 · first + (1 − beta1) · gradient
 *     second ← beta2 · second + (1 − beta2) · gradient²
 *     ahead = uₜ₊₁ · first / (1 − Uₜ · uₜ₊₁) + (1 − uₜ) · gradient / (1 − Uₜ)
 *     value ← value − learningRate · ahead / (√(second / (1 − beta2ᵗ)) + epsilon)
 */
export function nadamRule({ beta1, beta2, epsilon }: Completed<NadamSpec>): OptimizerRule {
  const momentumAt = (t: number): number => beta1 * (1 - DECAY ** t / 2);
  let known = { count: 0, product: 1 };
  /** Uₜ; a step after the last known one costs one product. */
  const productTo = (count: number): number => {
    let { count: t, product } = count < known.count ? { count: 0, product: 1 } : known;
    while (t < count) product *= momentumAt(++t);
    known = { count, product };
    return product;
  };
  return {
    slots: ['first', 'second'],
    update(gradient, slots, { count, learningRate }) {
      const first = decayingMean(slots.first!, gradient, beta1);
      const second = decayingMean(slots.second!, square(gradient), beta2);
      const [now, next, product] = [momentumAt(count), momentumAt(count + 1), productTo(count)];
      const ahead = add(mul(first, next / (1 - product * next)), mul(gradient, (1 - now) / (1 - product)));
      const spread = add(sqrt(div(second, 1 - beta2 ** count)), epsilon);
      return { move: div(mul(ahead, learningRate), spread), slots: { first, second } };
    },
  };
}

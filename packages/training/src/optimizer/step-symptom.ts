import type { Optimizer } from './optimizer-spec.ts';

// Weights that move less than this at each of a billion steps stay within float32, and what is above is of no use.
const farthest = 1e18;

/**
 * Says why a step could bring weights beyond float32 though its gradients are finite: a learning rate that its schedule
 * has raised without end, a weight decay that turns weights over, or the move of plain gradient descent, the only one
 * that grows with the gradient. Every other optimizer divides by the gradient's own size.
 *
 * @param norm The global norm of the gradients.
 */
export function stepSymptom(optimizer: Optimizer, learningRate: number, norm: number): string | undefined {
  if (!(learningRate <= 1e9)) return `the learning rate has grown to ${learningRate}`;
  const { weightDecay } = optimizer;
  if (weightDecay * learningRate > 1) {
    return `\`weightDecay\` ${weightDecay} times the learning rate ${learningRate} takes more than all of a weight`;
  }
  if (optimizer.kind !== 'sgd') return undefined;
  const move = (learningRate * norm) / (1 - optimizer.momentum);
  return move < farthest ? undefined : `the step would be ${move.toPrecision(2)} long`;
}

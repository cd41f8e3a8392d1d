import { RetraceError } from '@retrace/errors';
import { Tensor } from '@tensorflow/tfjs-core';
import { checkShape } from './check-shape.ts';

/** Checks that a loss's arguments have one shape, and that its weights broadcast to it. */
export function checkLossArguments(prediction: Tensor, target: Tensor, weights: Tensor | undefined): void {
  const shape = prediction instanceof Tensor ? prediction.shape : [];
  checkShape(
    'prediction',
    prediction,
    shape.map((_, axis) => `size ${axis}`),
  );
  checkShape('target', target, shape);
  if (weights === undefined) return;
  checkShape('weights', weights, weights instanceof Tensor ? weights.shape : []);
  const trailing = shape.slice(shape.length - weights.rank);
  const fits =
    weights.rank <= shape.length &&
    weights.shape.every((size, axis) => size === 1 || size === trailing[axis]);
  if (!fits)
    throw new RetraceError(
      'RETRACE_INVALID_SHAPE',
      `\`weights\` must broadcast to the prediction's shape [${shape.join(', ')}]. ` +
        `Received: shape [${weights.shape.join(', ')}].`,
      { argument: 'weights', expected: shape, received: weights.shape },
    );
}

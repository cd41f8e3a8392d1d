import { type GradConfig, getGradient, registerGradient, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { coreGradients } from '#core-gradients';

/** Step functions of their inputs, whose gradient is zero; tfjs has none for them, which breaks `where`. */
const constant = ['Equal', 'NotEqual', 'Greater', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr'].map(
  (kernelName): GradConfig => ({
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (_, [a, b]) => ({ a: () => zerosFor(a!), b: () => zerosFor(b!) }),
  }),
);
const logicalNot: GradConfig = {
  kernelName: 'LogicalNot',
  inputsToSave: ['x'],
  gradFunc: (_, [x]) => ({ x: () => zerosFor(x!) }),
};
const gradients: readonly GradConfig[] = [...coreGradients, ...constant, logicalNot];

/**
 * Registers the gradients of tfjs-core's element-wise, comparison, reduction, matrix product and shape operations,
 * which tfjs-core's main entry leaves out; `differentiableOps` lists them. They are tfjs's own: the gradient of `abs`
 * at 0, for one, is −1, where TensorFlow has 0.
 *
 * Every runtime calls it when it starts. Calling it again, or beside a package that has registered gradients of
 * its own (`@tensorflow/tfjs`), changes nothing.
 */
export function installGradients(): void {
  for (const config of gradients) if (!getGradient(config.kernelName)) registerGradient(config);
}

/** The names of the tfjs-core kernels that {@link installGradients} makes differentiable, in alphabetical order. */
export const differentiableOps: readonly string[] = gradients.map((config) => config.kernelName).sort();

function zerosFor(input: Tensor): Tensor {
  return zeros(input.shape);
}

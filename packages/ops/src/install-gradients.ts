import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { coreGradients } from '#core-gradients';

/**
 * Registers the gradients of tfjs-core's element-wise, reduction, matrix product and shape operations, which
 * tfjs-core's main entry leaves out; `differentiableOps` lists them.
 *
 * Every runtime calls it when it starts. Calling it again, or beside a package that has registered gradients of
 * its own (`@tensorflow/tfjs`), changes nothing.
 */
export function installGradients(): void {
  for (const config of coreGradients) if (!getGradient(config.kernelName)) registerGradient(config);
}

/** The names of the tfjs-core kernels that {@link installGradients} makes differentiable, in alphabetical order. */
export const differentiableOps: readonly string[] = coreGradients.map((config) => config.kernelName).sort();

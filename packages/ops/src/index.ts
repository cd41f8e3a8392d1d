export { type Activation, activate, activations } from './activation.ts';
export {
  type AdamMoments,
  type AdamSnapshot,
  type AdamState,
  createAdamState,
  disposeAdamState,
  readAdamState,
} from './adam-state.ts';
export {
  type AdamAttributes,
  type AdamOptions,
  adamKernelName,
  adamStepSize,
  adamUpdate,
} from './adam-update.ts';
export { crossEntropy } from './cross-entropy.ts';
export { dense } from './dense.ts';
export { gaussianNegativeLogLikelihood } from './gaussian-likelihood.ts';
export { globalNorm, globalNormKernelName } from './global-norm.ts';
export { differentiableOps, installGradients } from './install-gradients.ts';
export { type LossAttributes, type LossInputs, type LossKernels, lossKernelNames } from './loss-kernel.ts';
export { type HuberOptions, huber, logCosh, meanAbsoluteError, meanSquaredError } from './losses.ts';
export { type LstmOptions, type LstmResult, type LstmState, type LstmWeights, lstm } from './lstm.ts';
export { type LstmAttributes, type LstmInputs, type LstmKernels, lstmKernelNames } from './lstm-kernel.ts';
export { lstmReference } from './lstm-reference.ts';
export { type LstmStepOptions, lstmStep } from './lstm-step.ts';
export { type Repeated, repeated } from './repeated.ts';
export type { Runtime } from './runtime.ts';
export { stopGradient } from './stop-gradient.ts';
export { type ValueAndGradients, valueAndGradients } from './value-and-gradients.ts';

import type { Activation } from '@retrace/models';
import type { OnnxNode } from './onnx-messages.ts';

interface ActivationFunction {
  readonly op: string;
  /** With beta, or neither. */
  readonly alpha?: number;
  readonly beta?: number;
}

/** ONNX's `HardSigmoid` is max(0, min(1, alpha · x + beta)), and its `Affine` alpha · x + beta. */
const functions: Readonly<Record<Activation, ActivationFunction>> = {
  linear: { op: 'Affine', alpha: 1, beta: 0 },
  tanh: { op: 'Tanh' },
  sigmoid: { op: 'Sigmoid' },
  relu: { op: 'Relu' },
  hardSigmoid: { op: 'HardSigmoid', alpha: 1 / 6, beta: 0.5 },
};

/** The operation that applies an activation by itself; undefined where there is nothing to apply. */
export function activationNode(name: Activation): Pick<OnnxNode, 'op' | 'attributes'> | undefined {
  if (name === 'linear') return undefined;
  const { op, alpha, beta } = functions[name];
  const attributes =
    alpha === undefined || beta === undefined ? {} : { alpha: { float: alpha }, beta: { float: beta } };
  return { op, attributes };
}

/**
 * The attributes that give an LSTM node its activations. Of alphas and betas the node takes the next for each function
 * that has them, so functions without have none in the lists.
 */
export function activationAttributes(names: readonly Activation[]): OnnxNode['attributes'] {
  const chosen = names.map((name) => functions[name]);
  const alphas = chosen.flatMap(({ alpha }) => alpha ?? []);
  const betas = chosen.flatMap(({ beta }) => beta ?? []);
  return {
    ...(alphas.length > 0 && { activation_alpha: { floats: alphas }, activation_beta: { floats: betas } }),
    activations: { strings: chosen.map(({ op }) => op) },
  };
}

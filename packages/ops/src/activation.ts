import {
  add,
  clipByValue,
  fill,
  mul,
  relu,
  sigmoid,
  square,
  step,
  sub,
  type Tensor,
  tanh,
} from '@tensorflow/tfjs-core';

/** An activation function by its Keras name; `hardSigmoid` is Keras 3's relu6(x + 3) / 6, not tfjs-layers'. */
export type Activation = 'linear' | 'tanh' | 'sigmoid' | 'relu' | 'hardSigmoid';

/** The names of all activation functions. */
export const activations: readonly Activation[] = ['linear', 'tanh', 'sigmoid', 'relu', 'hardSigmoid'];

interface ActivationFunction {
  apply<T extends Tensor>(x: T): T;
  /** The derivative by x, as a function of the activated value. */
  slope<T extends Tensor>(y: T): T;
}

const functions: Readonly<Record<Activation, ActivationFunction>> = {
  linear: { apply: (x) => x, slope: (y) => fill(y.shape, 1) as typeof y },
  tanh: { apply: (x) => tanh(x), slope: (y) => sub(1, square(y)) },
  sigmoid: { apply: (x) => sigmoid(x), slope: (y) => sub(y, square(y)) },
  relu: { apply: (x) => relu(x), slope: (y) => step(y) },
  hardSigmoid: {
    apply: (x) => clipByValue(add(mul(x, 1 / 6), 0.5), 0, 1),
    slope: (y) => mul(mul(step(y), step(sub(1, y))), 1 / 6),
  },
};

/** Returns the function of that name and its derivative. */
export function activationFunction(name: Activation): ActivationFunction {
  return functions[name];
}

/** Applies the activation of that name. */
export function activate<T extends Tensor>(x: T, name: Activation): T {
  return functions[name].apply(x);
}

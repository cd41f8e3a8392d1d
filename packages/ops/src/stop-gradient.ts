import { clone, customGrad, type Tensor, zerosLike } from '@tensorflow/tfjs-core';

/** Returns `x` as a constant: no gradient flows through it, as TensorFlow's `stop_gradient`. */
export function stopGradient<T extends Tensor>(x: T): T {
  return customGrad((...[value]) => ({
    value: clone(value as T),
    gradFunc: (_dy, _saved) => zerosLike(value as T),
  }))(x) as T;
}

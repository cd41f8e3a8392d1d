import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';

/** Tells whether the current backend multiplies two small matrices correctly. */
export function matMulWorks(): boolean {
  const product = tidy(() => matMul(tensor2d([[1, 2, 3]]), tensor2d([[4], [5], [6]])).dataSync());
  return product.length === 1 && product[0] === 32;
}

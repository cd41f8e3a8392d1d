import {
  _FusedMatMul,
  BatchMatMul,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { matrixProduct } from './product-kernel.ts';

interface MatMulInputs {
  a: TensorInfo;
  b: TensorInfo;
  bias?: TensorInfo;
  preluActivationWeights?: TensorInfo;
}

interface MatMulAttributes {
  transposeA: boolean;
  transposeB: boolean;
  activation?: string;
}

/**
 * tfjs's matrix products of float32, with a bias of one row but no activation; the rest stays with the cpu backend:
 * other types, leading axes to broadcast, activations.
 */
export const matMulKernels: readonly Omit<KernelConfig, 'backendName'>[] = [BatchMatMul, _FusedMatMul].map(
  (kernelName) => ({ kernelName, kernelFunc: matMulOr(getKernelOfCpu(kernelName)) }),
);

/** Asked for late: the cpu backend's kernels are registered when its package is first imported. */
function getKernelOfCpu(kernelName: string): KernelFunc {
  return (call) => getKernel(kernelName, 'cpu').kernelFunc(call);
}

function matMulOr(otherwise: KernelFunc): KernelFunc {
  return (call) => {
    const { a, b, bias, preluActivationWeights } = call.inputs as unknown as MatMulInputs;
    const { transposeA, transposeB, activation = 'linear' } = call.attrs as unknown as MatMulAttributes;
    const leading = a.shape.slice(0, -2);
    const rows = a.shape.at(transposeA ? -1 : -2)!;
    const columns = b.shape.at(transposeB ? -2 : -1)!;
    const depth = a.shape.at(transposeA ? -2 : -1)!;
    const ours =
      a.dtype === 'float32' &&
      b.dtype === 'float32' &&
      util.arraysEqual(leading, b.shape.slice(0, -2)) &&
      rows * columns * depth > 0 &&
      util.sizeFromShape(leading) > 0 &&
      activation === 'linear' &&
      !preluActivationWeights &&
      (!bias || (bias.dtype === 'float32' && util.sizeFromShape(bias.shape) === columns));
    if (!ours) return otherwise(call);
    return matrixProduct(
      call.backend as HeapBackend,
      { tensor: a, transposed: transposeA },
      { tensor: b, transposed: transposeB },
      [...leading, rows, columns],
      bias,
    );
  };
}

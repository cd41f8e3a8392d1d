import {
  _FusedMatMul,
  engine,
  matMul,
  ones,
  type Rank,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { checkShape } from './check-shape.ts';
import { runDifferentiableOp } from './differentiable-op.ts';

/**
 * Computes x · kernel + bias, at every timestep alike where there are timesteps: Keras's TimeDistributed(Dense)
 * without activation. It can be differentiated once.
 *
 * @param x `[batch, timesteps, features]` or `[batch, features]`
 * @param kernel `[features, outputs]`
 * @param bias `[outputs]`
 * @returns `[batch, timesteps, outputs]` or `[batch, outputs]`
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function dense<T extends Tensor2D | Tensor3D>(x: T, kernel: Tensor2D, bias: Tensor1D): T {
  checkShape('x', x, x?.rank === 2 ? ['batch', 'features'] : ['batch', 'timesteps', 'features']);
  const leading = x.shape.slice(0, -1);
  const features = x.shape.at(-1)!;
  checkShape('kernel', kernel, [features, 'outputs']);
  const outputs = kernel.shape[1];
  checkShape('bias', bias, [outputs]);
  const rows = leading.reduce((product, size) => product * size, 1);
  const [y] = runDifferentiableOp({
    name: 'dense',
    inputs: { x, kernel, bias },
    forward: () => ({
      outputs: [reshape(product(reshape(x, [rows, features]), kernel, bias), [...leading, outputs])],
      reserve: [],
    }),
    gradient({ outputs: [dy], inputs }) {
      const dRows = reshape(dy!, [rows, outputs]) as Tensor2D;
      return {
        x: () => reshape(matMul(dRows, inputs.kernel as Tensor2D, false, true), x.shape),
        kernel: () => matMul(reshape(inputs.x!, [rows, features]) as Tensor2D, dRows, true),
        // A product, not a sum: tfjs's cpu kernels, which runtimes fall back to, sum columns by transposing first.
        bias: () => reshape(matMul(ones<Rank.R2>([1, rows]), dRows), [outputs]),
      };
    },
  });
  return y as Tensor as T;
}

/** a · b + bias in one kernel; `fused.matMul` would add to the tape. */
function product(a: Tensor2D, b: Tensor2D, bias: Tensor1D): Tensor2D {
  const attributes = { transposeA: false, transposeB: false, activation: 'linear' };
  return engine().runKernel(_FusedMatMul, { a, b, bias }, attributes);
}

import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { threadsFor } from './threads-for.ts';

/** A matrix operand: a tensor whose rows or columns are read as they lie, or as if transposed. */
interface Operand {
  readonly tensor: TensorInfo;
  readonly transposed: boolean;
}

const fields = 11;

/**
 * Computes a · b + bias over the last two axes of float32 tensors whose leading axes are the same.
 *
 * @param bias `[columns]`
 */
export function matrixProduct(
  backend: HeapBackend,
  a: Operand,
  b: Operand,
  shape: number[],
  bias?: TensorInfo,
): TensorInfo {
  const { kernels } = backend;
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [aRows, aColumns] = a.tensor.shape.slice(-2) as [number, number];
  const bColumns = b.tensor.shape.at(-1)!;
  const depth = a.transposed ? aRows : aColumns;
  const batches = util.sizeFromShape(shape.slice(0, -2));
  const output = backend.makeHeapTensor(shape);
  const [aStart, bStart] = [backend.offsetOf(a.tensor), backend.offsetOf(b.tensor)];
  const biasStart = bias ? backend.offsetOf(bias) : 0;
  const threads = threadsFor(kernels, 2 * rows * columns * depth);
  const describe = (batch: number, scratch: number) => {
    kernels.heap
      .words(backend.job, fields + 1)
      .set([
        ...[rows, columns, depth],
        aStart + 4 * batch * rows * depth,
        ...(a.transposed ? [1, aColumns] : [aColumns, 1]),
        bStart + 4 * batch * depth * columns,
        ...(b.transposed ? [1, bColumns] : [bColumns, 1]),
        biasStart,
        backend.offsetOf(output) + 4 * batch * rows * columns,
        scratch,
      ]);
  };
  describe(0, 0);
  backend.withScratch(kernels.exports.productScratchBytes(backend.job, threads), (scratch) => {
    for (let batch = 0; batch < batches; batch++) {
      describe(batch, scratch);
      kernels.run('product', backend.job, threads);
    }
  });
  return output;
}

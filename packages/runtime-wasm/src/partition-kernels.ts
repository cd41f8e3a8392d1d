import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  getKernel,
  type KernelFunc,
  registerKernel,
  reshape,
  SplitV,
  slice,
  type Tensor,
  type TensorInfo,
  tidy,
  Unpack,
  unregisterKernel,
  util,
} from '@tensorflow/tfjs-core';

interface Partition {
  x: TensorInfo;
  axis: number;
  /** How much of the axis each part takes. */
  sizes: number[];
  /** The shape of each part. */
  shapes: number[][];
}

const unpack: KernelFunc = ({ inputs, attrs, backend }) => {
  const x = (inputs as { value: TensorInfo }).value;
  const axis = util.parseAxisParam(attrs!.axis as number, x.shape)[0]!;
  const shape = x.shape.toSpliced(axis, 1);
  const sizes = new Array<number>(x.shape[axis]!).fill(1);
  return copyParts({ x, axis, sizes, shapes: sizes.map(() => shape) }, backend as BackendWasm);
};

const splitV: KernelFunc = ({ inputs, attrs, backend }) => {
  const x = (inputs as { x: TensorInfo }).x;
  const axis = util.parseAxisParam(attrs!.axis as number, x.shape)[0]!;
  const numOrSizeSplits = attrs!.numOrSizeSplits as number | number[];
  const sizes = backend_util.prepareSplitSize(x as Tensor, numOrSizeSplits, axis);
  return copyParts(
    { x, axis, sizes, shapes: sizes.map((size) => x.shape.with(axis, size)) },
    backend as BackendWasm,
  );
};

/**
 * Replaces the kernels behind `unstack` and `split` of tfjs's WebAssembly backend, whose own copy the whole tensor
 * out of the heap once for every part: a sequence of T timesteps, T times. These copy each part once.
 */
export function installPartitionKernels(): void {
  for (const [kernelName, kernelFunc] of [
    [Unpack, unpack],
    [SplitV, splitV],
  ] as const) {
    if (getKernel(kernelName, 'wasm').kernelFunc === kernelFunc) continue;
    unregisterKernel(kernelName, 'wasm');
    registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
}

function copyParts(partition: Partition, backend: BackendWasm): TensorInfo[] {
  const { x, axis, sizes, shapes } = partition;
  if (x.dtype === 'string') return sliceParts(partition);
  const outputs = shapes.map((shape) => backend.makeOutput(shape, x.dtype));
  // Views of the heap come after the last allocation, which may have moved it.
  const source = backend.typedArrayFromHeap(x);
  const rows = util.sizeFromShape(x.shape.slice(0, axis));
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const rowLength = x.shape[axis]! * inner;
  let start = 0;
  for (const [index, output] of outputs.entries()) {
    const target = backend.typedArrayFromHeap(output);
    const length = sizes[index]! * inner;
    for (let row = 0; row < rows; row++) {
      const from = row * rowLength + start;
      target.set(source.subarray(from, from + length), row * length);
    }
    start += length;
  }
  return outputs;
}

/** For strings, which do not live in the heap. */
function sliceParts({ x, axis, sizes, shapes }: Partition): TensorInfo[] {
  let start = 0;
  return sizes.map((size, index) => {
    const begin = x.shape.map((_, dimension) => (dimension === axis ? start : 0));
    start += size;
    return tidy(() => reshape(slice(x as Tensor, begin, x.shape.with(axis, size)), shapes[index]!));
  });
}

import type { KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** An attribute of one of TensorFlow's operations. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What this package uses of tfjs-node's addon. */
export interface TensorflowBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT64: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_TYPE: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: readonly number[], dtype: number, values: Int32Array): number;
  /** How many tensors the addon holds. */
  getNumOfTensors(): number;
}

/** What this package uses of tfjs-node's backend. */
export interface TensorflowBackend extends KernelBackend {
  readonly binding: TensorflowBinding;
  readonly tensorMap: { set(dataId: object, data: object): void };
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorInfo[],
  ): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[];
}

/** The attribute by which an operation is told that its tensors, by the name `T` or another, are float32. */
export function floatType({ binding }: TensorflowBackend, name = 'T'): OpAttribute {
  return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}

/**
 * Runs `use` with an int64 scalar, of which tfjs knows nothing. tfjs-node's own would be a new native tensor a call
 * that nothing frees.
 *
 * @param value From 0 to 2³¹ − 1.
 */
export function withInt64<T>(backend: TensorflowBackend, value: number, use: (scalar: TensorInfo) => T): T {
  const { binding } = backend;
  const dataId = {};
  // Little-endian, as every platform of libtensorflow is.
  const id = binding.createTensor([], binding.TF_INT64, Int32Array.of(value, 0));
  backend.tensorMap.set(dataId, { shape: [], dtype: binding.TF_INT64, id, values: null, refCount: 1 });
  try {
    return use({ dataId, shape: [], dtype: 'int32' });
  } finally {
    backend.disposeData(dataId);
  }
}

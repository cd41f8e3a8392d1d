import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';

/** A tensor's numbers in the kernels' memory, in the form in which tfjs's cpu kernels look for them. */
class HeapData {
  readonly dtype = 'float32';
  readonly offset: number;
  readonly count: number;
  refCount: number;
  readonly #heap: Heap;

  constructor(heap: Heap, count: number, refCount: number) {
    this.#heap = heap;
    this.offset = heap.allocate(4 * count);
    this.count = count;
    this.refCount = refCount;
  }

  /** A view made anew each time: the memory may have moved since. */
  get values(): Float32Array {
    return this.#heap.floats(this.offset, this.count);
  }

  release(): void {
    this.#heap.release(this.offset, 4 * this.count);
  }
}

/**
 * A tfjs backend whose tensors live in the kernels' memory once a kernel of ours has made or read them, and in arrays
 * of their own before.
 *
 * It is tfjs's cpu backend in all else, with its operations in JavaScript. Measured against the alternative, kernels
 * beside tfjs's own WebAssembly backend: that one's memory cannot be shared between threads in Node, so every operand
 * would be copied in and every result out; its matrix product is slow where an operand is transposed and returns stale
 * or wrong numbers where a buffer changes in place or its shape; and a page has to serve three files for it. What
 * training spends its time on are kernels of ours in any case.
 */
export class HeapBackend extends MathBackendCPU {
  readonly kernels: Kernels;
  /** Where a job is described. */
  readonly job: number;

  constructor(kernels: Kernels) {
    super();
    this.kernels = kernels;
    this.job = kernels.heap.allocate(256);
    // Else the first tensor in Node prints an advertisement for tfjs-node.
    Reflect.set(this, 'firstUse', false);
  }

  /** Makes a float32 tensor in the kernels' memory; its numbers are not defined yet. */
  makeHeapTensor(shape: number[]): TensorInfo {
    const dataId = {};
    this.data.set(dataId, new HeapData(this.kernels.heap, util.sizeFromShape(shape), 1) as never);
    return { dataId, shape, dtype: 'float32' };
  }

  /** Where a float32 tensor's numbers are in the kernels' memory; moves them there if they are not. */
  offsetOf({ dataId }: TensorInfo): number {
    const data = this.data.get(dataId) as unknown;
    if (data instanceof HeapData) return data.offset;
    const { values, refCount } = data as { values: ArrayLike<number>; refCount: number };
    const moved = new HeapData(this.kernels.heap, values.length, refCount);
    moved.values.set(values);
    this.data.delete(dataId);
    this.data.set(dataId, moved as never);
    return moved.offset;
  }

  /** Runs `work` with a block of the kernels' memory that is free again afterwards. */
  withScratch(bytes: number, work: (offset: number) => void): void {
    const { heap } = this.kernels;
    const offset = heap.allocate(bytes);
    try {
      work(offset);
    } finally {
      heap.release(offset, bytes);
    }
  }

  override readSync(dataId: object): backend_util.BackendValues {
    const data = this.data.get(dataId) as unknown;
    // A copy: the block may soon be another tensor's.
    return data instanceof HeapData ? data.values.slice() : super.readSync(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    const data = this.data.has(dataId) ? (this.data.get(dataId) as unknown) : undefined;
    const gone = super.disposeData(dataId, force);
    if (gone && data instanceof HeapData) data.release();
    return gone;
  }

  override dispose(): void {
    this.kernels.dispose();
  }
}

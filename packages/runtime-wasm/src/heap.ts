import { RetraceError } from '@retrace/errors';
import { growTo } from './kernel-module.ts';

/** What the kernels may read beyond a block's end, though they never use it. */
const slack = 4096;

/**
 * The kernels' memory, given out in blocks and taken back.
 *
 * Sizes are rounded up to one of eight steps between two powers of two, and a block taken back serves the next request
 * of its size: training asks for the same sizes at every step, so after the first the memory no longer grows.
 */
export class Heap {
  readonly #memory: WebAssembly.Memory;
  readonly #free = new Map<number, number[]>();
  #top: number;

  constructor(memory: WebAssembly.Memory, start: number) {
    this.#memory = memory;
    this.#top = Math.ceil(start / 64) * 64;
  }

  /** The bytes given out so far or waiting to be given out again. */
  get size(): number {
    return this.#top;
  }

  /**
   * Returns the offset of a block of at least that many bytes, a multiple of 64. What it holds is not defined.
   *
   * @throws `RETRACE_OUT_OF_MEMORY`
   */
  allocate(bytes: number): number {
    const rounded = roundUp(bytes);
    const reused = this.#free.get(rounded)?.pop();
    if (reused !== undefined) return reused;
    const offset = this.#top;
    try {
      growTo(this.#memory, offset + rounded + slack);
    } catch (error) {
      throw new RetraceError(
        'RETRACE_OUT_OF_MEMORY',
        `The kernels need ${bytes} more bytes, and their memory of ${offset} bytes cannot grow by that. Dispose ` +
          'tensors that are no longer used, or use smaller batches.',
        { bytes, size: offset },
        { cause: error },
      );
    }
    this.#top += rounded;
    return offset;
  }

  /** Takes back a block that was allocated with that size. */
  release(offset: number, bytes: number): void {
    const rounded = roundUp(bytes);
    const blocks = this.#free.get(rounded);
    if (blocks) blocks.push(offset);
    else this.#free.set(rounded, [offset]);
  }

  /** The numbers at an offset; valid until the next allocation, which may move the memory. */
  floats(offset: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, offset, count);
  }

  /** The float64 numbers at an offset; valid until the next allocation. */
  doubles(offset: number, count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, offset, count);
  }

  /** The 32-bit words at an offset; valid until the next allocation. */
  words(offset: number, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, offset, count);
  }
}

function roundUp(bytes: number): number {
  if (bytes <= 512) return Math.max(64, Math.ceil(bytes / 64) * 64);
  const step = 2 ** (Math.ceil(Math.log2(bytes)) - 4);
  return Math.ceil((Math.ceil(bytes / step) * step) / 64) * 64;
}

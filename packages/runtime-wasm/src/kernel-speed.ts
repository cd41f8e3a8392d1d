import { checkInteger, checkKeys } from '@retrace/errors';
import { HeapBackend } from './heap-backend.ts';
import type { Instructions } from './kernel-module.ts';
import { type Kernels, startKernels } from './kernels.ts';
import { matrixProduct } from './product-kernel.ts';

/** Billions of floating-point operations a second on one thread. */
export interface KernelSpeed {
  readonly instructions: Instructions;
  /** Of a loop that multiplies and adds in registers only: the most the engine can do. */
  readonly peak: number;
  /** Of the product of two matrices of 256 × 256, packing included. */
  readonly product: number;
  /** Of the recurrent product of eight rows at one timestep, in the order of `units`. */
  readonly recurrent: readonly number[];
}

/** Options of {@link measureKernelSpeed}. */
export interface KernelSpeedOptions {
  /** The layers whose recurrent products are timed. */
  readonly units: readonly number[];
  /** How often all are timed in turn; the best of each counts. Default 20. */
  readonly rounds?: number;
}

/**
 * Times the kernels' products beside a loop in registers, on one thread and a memory of their own.
 *
 * @throws `Error` where the engine has no SIMD; `RETRACE_INVALID_ARGUMENT`.
 */
export async function measureKernelSpeed(options: KernelSpeedOptions): Promise<KernelSpeed> {
  checkKeys('options', options, ['units', 'rounds']);
  const { units, rounds = 20 } = options;
  checkInteger('rounds', rounds, { min: 1 });
  for (const [k, each] of units.entries()) checkInteger(`units[${k}]`, each, { min: 1 });
  const kernels = await startKernels({ threads: 1 });
  const loops = [
    registerLoop(kernels),
    productLoop(kernels),
    ...units.map((each) => recurrentLoop(kernels, each)),
  ];
  const best = loops.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [k, { operations, run }] of loops.entries()) {
      const began = performance.now();
      run();
      best[k] = Math.max(best[k]!, operations / (performance.now() - began) / 1e6);
    }
  }
  kernels.dispose();
  const [peak, product, ...recurrent] = best as [number, number, ...number[]];
  return { instructions: kernels.instructions, peak, product, recurrent };
}

interface Loop {
  readonly operations: number;
  run(): unknown;
}

function registerLoop({ exports, heap }: Kernels): Loop {
  const rounds = 1_000_000;
  const out = heap.allocate(16);
  return { operations: exports.registerPeak(rounds, out), run: () => exports.registerPeak(rounds, out) };
}

function productLoop(kernels: Kernels): Loop {
  const backend = new HeapBackend(kernels);
  const [a, b] = [1, 2].map(() => backend.makeHeapTensor([256, 256])) as [Operand, Operand];
  const times = 3;
  return {
    operations: times * 2 * 256 ** 3,
    run() {
      for (let k = 0; k < times; k++) {
        const c = matrixProduct(
          backend,
          { tensor: a, transposed: false },
          { tensor: b, transposed: false },
          [256, 256],
        );
        backend.disposeData(c.dataId);
      }
    },
  };
}

type Operand = ReturnType<HeapBackend['makeHeapTensor']>;

function recurrentLoop({ exports, heap }: Kernels, units: number): Loop {
  const [panels, state, out] = [16 * units * units, 32 * units, 128 * (units + 1)].map((bytes) => {
    const offset = heap.allocate(bytes);
    heap.floats(offset, bytes / 4).fill(0.5);
    return offset;
  }) as [number, number, number];
  const times = Math.ceil(1e8 / (64 * units * units));
  return {
    operations: times * 64 * units * units,
    run() {
      for (let k = 0; k < times; k++) exports.tilePanels(panels, state, units, units, out);
    },
  };
}

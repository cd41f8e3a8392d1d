import { tensor, tidy } from '@tensorflow/tfjs-core';
import { globalNorm } from '../global-norm.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { expectClose, expectSame } from './expect-close.ts';

const normOf = (...arrays: number[][]): Float32Array =>
  tidy(() => {
    const named = arrays.map((values, k) => [`gradient${k}`, tensor(values)] as const);
    return globalNorm(Object.fromEntries(named)).dataSync<'float32'>();
  });

/** The global norm against its definition, and what it makes of numbers that are none. */
export const normCases: readonly ConformanceCase[] = [
  {
    name: 'globalNorm is the norm of all gradients as one vector',
    async run() {
      expectClose('a small norm', normOf([1, 2], [2, 4, 0]), [5], 1e-6);
      const long = Array.from({ length: 20_001 }, (_, k) => Math.fround(Math.sin(k)));
      const exact = Math.sqrt(3 + long.reduce((sum, x) => sum + x * x, 0));
      // Sums of float32 over 20,001 numbers.
      expectClose('a long one', normOf([1, 1, 1], long), [exact], 1e-4);
    },
  },
  {
    name: 'globalNorm shows what is not finite',
    async run() {
      expectSame('of NaN', String(normOf([1], [Number.NaN, 2])[0]), 'NaN');
      expectSame('of infinity', normOf([Number.POSITIVE_INFINITY])[0], Number.POSITIVE_INFINITY);
      expectSame('beyond float32', normOf([3e30, 3e30])[0], Number.POSITIVE_INFINITY);
    },
  },
];

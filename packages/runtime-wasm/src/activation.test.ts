import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernels, growTo, instantiateKernels, type KernelExports } from './kernel-module.ts';
import { activationCodes } from './lstm-job.ts';

let exports: KernelExports;
let memory: WebAssembly.Memory;

beforeAll(async () => {
  const build = await compileKernels(false);
  memory = build.memory;
  growTo(memory, 1 << 24);
  exports = await instantiateKernels(build);
});

function activated(kind: keyof typeof activationCodes, x: Float32Array): Float32Array {
  const padded = Math.ceil(x.length / 8) * 8;
  new Float32Array(memory.buffer, 1024, x.length).set(x);
  exports.activateAll(activationCodes[kind], 1024, padded, 1024 + 4 * padded);
  return new Float32Array(memory.buffer, 1024 + 4 * padded, x.length).slice();
}

/** Every 2¹²th float32 from 0 to the largest, and their negatives: half a million numbers of every size. */
function everySize(): Float32Array {
  const bits = new Uint32Array(2 * Math.ceil(0x7f800000 / 4096));
  for (let k = 0; k < bits.length / 2; k++) {
    bits[2 * k] = 4096 * k;
    bits[2 * k + 1] = (4096 * k) | 0x80000000;
  }
  return new Float32Array(bits.buffer);
}

describe('activations in SIMD, over the whole range of float32, against float64', () => {
  it.each([
    ['tanh', Math.tanh],
    ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
  ] as const)('%s has a relative error of at most 1e-6', (kind, exact) => {
    const x = everySize();
    const y = activated(kind, x);
    let worst = 0;
    for (let k = 0; k < x.length; k++) {
      const expected = exact(x[k]!);
      // Below the smallest normal number float32 has no relative precision.
      const scale = Math.max(Math.abs(expected), 2 ** -126);
      const error = Math.abs(y[k]! - expected) / scale;
      if (Math.abs(expected) >= 2 ** -126) worst = Math.max(worst, error);
      else expect(Math.abs(y[k]!)).toBeLessThanOrEqual(2 ** -125);
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it.each([
    ['relu', (x: number) => Math.max(x, 0)],
    ['hardSigmoid', (x: number) => Math.min(Math.max(x / 6 + 0.5, 0), 1)],
    ['linear', (x: number) => x],
  ] as const)('%s is exact to rounding', (kind, exact) => {
    const x = everySize();
    const y = activated(kind, x);
    let worst = 0;
    for (let k = 0; k < x.length; k++) {
      const expected = exact(x[k]!);
      worst = Math.max(worst, Math.abs(y[k]! - expected) / (1 + Math.abs(expected)));
    }
    expect(worst).toBeLessThan(2e-7);
  });

  it.each(Object.keys(activationCodes) as (keyof typeof activationCodes)[])(
    '%s keeps NaN, whatever its bits',
    (kind) => {
      const bits = [0x7fc00000, 0x7f800001, 0x7fffffff, 0xffc00123, 0xffffffff, 0x7fc0017f];
      const x = new Float32Array(Uint32Array.from(bits).buffer);
      expect(activated(kind, x).every(Number.isNaN)).toBe(true);
    },
  );

  it('of infinities are their limits', () => {
    const x = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    expect(Array.from(activated('tanh', x), Math.fround)).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(-1, 6),
    ]);
    expect(Array.from(activated('sigmoid', x))).toEqual([1, expect.closeTo(0, 30)]);
    expect(Array.from(activated('relu', x))).toEqual([Number.POSITIVE_INFINITY, 0]);
  });
});

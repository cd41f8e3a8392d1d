import { describe, expect, it } from 'vitest';
import { measureKernelSpeed } from './kernel-speed.ts';

describe('measureKernelSpeed(options)', () => {
  it('finds the products at some share of what a loop in registers does', async () => {
    const { instructions, peak, product, recurrent } = await measureKernelSpeed({
      units: [64, 7],
      rounds: 3,
    });
    expect(instructions).toMatch(/^(relaxed )?SIMD$/);
    // Other work may share the machine: how large the share is, is for the bench to say.
    for (const speed of [product, ...recurrent]) expect(speed / peak).toBeGreaterThan(0.05);
    for (const speed of [product, ...recurrent]) expect(speed / peak).toBeLessThan(3);
    expect(recurrent).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ['no rounds', { units: [8], rounds: 0 }, '`rounds`'],
    ['a layer without units', { units: [8, 0] }, '`units[1]`'],
    ['an unknown option', { units: [8], round: 1 }, '`rounds`'],
  ])('refuses %s', async (_, options, message) => {
    await expect(measureKernelSpeed(options as never)).rejects.toThrow(message);
  });
});

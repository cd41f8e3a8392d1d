import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/normal_quantile.json' with { type: 'json' };
import { normalQuantile } from './normal-quantile.ts';

describe('normalQuantile', () => {
  it.each(fixture.p.map((p, i) => [p, fixture.z[i]!]))('of %d is scipy.special.ndtri, %d', (p, z) => {
    // AS 241 states about 1e-16; ndtri and the rounding of the evaluation add a few units in the last place.
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(2e-15 * Math.abs(z));
  });
});

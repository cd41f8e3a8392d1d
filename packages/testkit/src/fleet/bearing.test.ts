import { describe, expect, it } from 'vitest';
import { bearingTemperature, RATED_CURRENT, STANDSTILL_LAG, settledTemperature } from './bearing.ts';

const bearing = { frictionRise: 24, motorRise: 9, timeConstant: 2400 };
const load = { speed: 1, motorCurrent: RATED_CURRENT, ambient: 20, friction: 0 };

describe('settledTemperature', () => {
  it('adds the rises of friction and motor to ambient', () => {
    expect(settledTemperature(bearing, load)).toBe(20 + 24 + 9);
    expect(settledTemperature(bearing, { ...load, speed: 0.5, motorCurrent: RATED_CURRENT / 2 })).toBeCloseTo(
      20 + 24 * 0.5 ** (5 / 3) + 9 / 4,
      12,
    );
  });
  it('rises with bearing wear', () => {
    expect(settledTemperature(bearing, { ...load, friction: 0.5 })).toBe(20 + 24 * 1.5 + 9);
  });
});

describe('bearingTemperature', () => {
  it('takes 1 − 1/e of a step of load in one time constant, whatever the size of the time step', () => {
    let temperature = 20;
    for (let i = 0; i < 240; i++) temperature = bearingTemperature(bearing, temperature, load, 10);
    expect(temperature).toBeCloseTo(20 + 33 * (1 - Math.exp(-1)), 9);
  });
  it('cools slower at standstill', () => {
    const still = { ...load, speed: 0, motorCurrent: 0 };
    expect(bearingTemperature(bearing, 53, still, 2400)).toBeCloseTo(
      20 + 33 * Math.exp(-1 / STANDSTILL_LAG),
      9,
    );
  });
});

import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { drawMachine } from './machine.ts';
import { operatingPoint, sound } from './pump.ts';

const { pump } = drawMachine(createRandom(1));
const speeds = [0.82, 0.88, 0.94, 1];

describe('operatingPoint', () => {
  it('follows the affinity laws where there is no static head: flow ∝ speed, power ∝ speed³', () => {
    const rated = operatingPoint(pump, 1, 0);
    for (const speed of speeds) {
      const { flow, shaftPower } = operatingPoint(pump, speed, 0);
      expect(flow).toBeCloseTo(rated.flow * speed, 9);
      expect(shaftPower).toBeCloseTo(rated.shaftPower * speed ** 3, 9);
    }
  });
  it('balances the head of the pump with that of the system', () => {
    const { flow } = operatingPoint(pump, 0.94, 16);
    const pumpHead = 0.94 ** 2 * pump.shutOffHead - pump.internalResistance * flow ** 2;
    expect(pumpHead).toBeCloseTo(16 + pump.pipeResistance * flow ** 2, 9);
  });
  it('never gives the water more power than the shaft', () => {
    for (const speed of speeds) {
      const { flow, shaftPower } = operatingPoint(pump, speed, 16);
      const waterPower = 9.81 * (flow / 3600) * (16 + pump.pipeResistance * flow ** 2);
      expect(waterPower / shaftPower).toBeGreaterThan(0.3);
      expect(waterPower / shaftPower).toBeLessThanOrEqual(pump.efficiency);
    }
  });
  it('takes more flow, power and current at every higher speed', () => {
    const points = speeds.map((speed) => operatingPoint(pump, speed, 18));
    for (const key of ['flow', 'shaftPower', 'motorCurrent'] as const)
      expect(points.map((point) => point[key])).toEqual(
        points.map((point) => point[key]).toSorted((a, b) => a - b),
      );
  });
  it('shuts the check valve where the head does not reach the tank, and still draws current', () => {
    const { flow, motorCurrent } = operatingPoint(pump, 0.5, 18);
    expect(flow).toBe(0);
    expect(motorCurrent).toBeGreaterThan(pump.magnetisingCurrent);
  });
  it('is still at standstill', () => {
    expect(operatingPoint(pump, 0, 18)).toEqual({ flow: 0, shaftPower: 0, motorCurrent: 0, vibration: 0 });
  });
  it('shakes most near the resonance, by 1 / 2ζ where only unbalance excites', () => {
    const alone = { ...pump, hydraulicVibration: 0, resonance: 0.9 };
    const peak = operatingPoint(alone, 0.9, 18).vibration;
    expect(peak).toBeCloseTo((pump.unbalanceVibration * 0.9) / (2 * pump.damping), 9);
    expect(operatingPoint(alone, 0.75, 18).vibration).toBeLessThan(peak);
    expect(operatingPoint(alone, 1.05, 18).vibration).toBeLessThan(peak);
  });

  const point = operatingPoint(pump, 0.94, 16);
  it('loses flow and current to cavitation, and shakes more', () => {
    const ill = operatingPoint(pump, 0.94, 16, { ailment: { ...sound, headLoss: 0.15, roughness: 1.5 } });
    expect(ill.flow).toBeLessThan(0.95 * point.flow);
    expect(ill.motorCurrent).toBeLessThan(0.95 * point.motorCurrent);
    expect(ill.vibration).toBeGreaterThan(1.3 * point.vibration);
  });
  it('gives less flow per ampere when blocked', () => {
    const ill = operatingPoint(pump, 0.94, 16, { ailment: { ...sound, obstruction: 0.4, drag: 0.12 } });
    expect(ill.flow / ill.motorCurrent).toBeLessThan((0.9 * point.flow) / point.motorCurrent);
  });
});

import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { type Duty, nextDuty } from './duty-cycle.ts';
import { drawMachine } from './machine.ts';

const { site } = drawMachine(createRandom(1));
const duty: Duty = { level: 2, running: true, setpoint: 0.88, speed: 0.88, sinceStart: 900, sinceReview: 0 };
const inputs = { flow: 80, demand: 50, bestFlow: 100, repair: false };

describe('nextDuty', () => {
  it('fills the tank by what flows in and is not drawn', () => {
    const hour = Array.from({ length: 36 }).reduce<Duty>((now) => nextDuty(now, site, inputs, 10), duty);
    expect(hour.level - 2).toBeCloseTo(((80 - 50) * 360) / 3600 / site.tankArea, 12);
  });
  it('stops above the stop level and starts below the start level', () => {
    const high = nextDuty({ ...duty, level: site.stopLevel + 0.1 }, site, inputs, 10);
    expect(high).toMatchObject({ running: false, setpoint: 0 });
    const idle = { ...high, speed: 0, level: site.startLevel + 0.1 };
    expect(nextDuty(idle, site, { ...inputs, flow: 0 }, 10).running).toBe(false);
    const low = nextDuty({ ...idle, level: site.startLevel }, site, { ...inputs, flow: 0 }, 10);
    expect(low).toMatchObject({ running: true, setpoint: 0.88, sinceStart: 0, sinceReview: 0 });
  });
  it('ramps from standstill to rated speed in the ramp time', () => {
    const demand = { ...inputs, flow: 0, demand: 90 };
    const start = { ...duty, running: false, setpoint: 0, speed: 0, level: 0 };
    const steps = Math.ceil(site.rampTime / 10);
    const run = (count: number) =>
      Array.from({ length: count }).reduce<Duty>((now) => nextDuty(now, site, demand, 10), start);
    expect(run(steps - 1).speed).toBeLessThan(1);
    expect(run(steps).speed).toBeCloseTo(1, 12);
  });
  it('changes the speed only at a review', () => {
    const busy = { ...inputs, demand: 90 };
    expect(nextDuty(duty, site, busy, 10).setpoint).toBe(0.88);
    expect(nextDuty({ ...duty, sinceReview: site.reviewTime }, site, busy, 10).setpoint).toBe(1);
  });
  it('stands still under repair, however low the tank', () => {
    expect(nextDuty({ ...duty, level: 0 }, site, { ...inputs, repair: true }, 10).running).toBe(false);
  });
});

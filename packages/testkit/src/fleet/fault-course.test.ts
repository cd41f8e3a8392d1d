import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { faultEffects, faultKinds, type PlannedFault } from './fault.ts';
import { createFaultCourse } from './fault-course.ts';
import { sound } from './pump.ts';

const SECOND = 1000;
const running = { speed: 1, sinceStart: 3600 };
const still = { speed: 0, sinceStart: 7200 };
const fault = (kind: PlannedFault['kind']): PlannedFault => ({
  kind,
  channel: 'bearingTemperature',
  sign: -1,
  severity: 1,
  due: 0,
  duration: 100 * SECOND,
});

/** Steps a course of one fault through `duties`, 10 s apart. */
function follow(kind: PlannedFault['kind'], duties: readonly { speed: number; sinceStart: number }[]) {
  const course = createFaultCourse(createRandom(1), [fault(kind)]);
  const conditions = duties.map((duty, i) => course.next(i * 10 * SECOND, 10, duty));
  return { conditions, past: course.past(duties.length * 10 * SECOND) };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('createFaultCourse', () => {
  it.each(faultKinds)('lets %s act for its duration and then leaves the machine sound', (kind) => {
    const { conditions, past } = follow(kind, times(12, running));
    expect(conditions.map((condition) => condition.shows)).toEqual([...times(10, true), false, false]);
    expect(conditions[10]).toMatchObject({ ailment: sound });
    expect(past).toEqual([{ plan: fault(kind), start: 0, end: 100 * SECOND }]);
  });
  it('lets bearing wear grow from a fifth of its extent to all of it, and only while the machine turns', () => {
    const { conditions } = follow('bearing-wear', [
      ...times(5, running),
      ...times(20, still),
      ...times(5, running),
    ]);
    const extent = conditions.map(
      ({ ailment }) => ailment.friction / faultEffects['bearing-wear'].friction[1],
    );
    expect(extent[0]).toBeCloseTo(0.2 + 0.8 * 0.1, 12);
    expect(extent[4]).toBeCloseTo(0.2 + 0.8 * 0.5, 12);
    expect(extent[24]).toBe(extent[4]);
    expect(extent[29]).toBeCloseTo(1, 12);
    expect(conditions.slice(5, 25).some((condition) => condition.shows)).toBe(false);
  });
  it('lets a sensor drift linearly to its full departure, in the planned direction', () => {
    const { conditions } = follow('sensor-drift', times(10, running));
    expect(conditions[4]?.drift).toEqual({ channel: 'bearingTemperature', gain: 1, zero: -6 });
    expect(conditions[9]?.drift).toEqual({ channel: 'bearingTemperature', gain: 1, zero: -12 });
  });
  it.each(faultKinds)('begins %s on a settled machine, missed reports on any', (kind) => {
    const { conditions } = follow(kind, [still, { speed: 0.5, sinceStart: 10 }, running]);
    expect(conditions.map(({ fault }) => fault !== undefined)).toEqual([
      ...times(2, kind === 'missed-reports'),
      true,
    ]);
  });
  it.each(faultKinds)(
    'locks the machine out for 20 to 40 minutes after %s if that needs a repair',
    (kind) => {
      const { conditions } = follow(kind, times(10 + 300, running));
      const minutes = conditions.filter((condition) => condition.repair).length / 6;
      const repaired = kind === 'bearing-wear' || kind === 'impeller-blockage';
      expect(minutes >= 20 && minutes <= 40).toBe(repaired);
      expect(repaired || minutes === 0).toBe(true);
    },
  );
});

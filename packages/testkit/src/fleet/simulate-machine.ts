import type { Random } from '@retrace/random';
import { bearingTemperature } from './bearing.ts';
import { type Duty, nextDuty } from './duty-cycle.ts';
import type { PlannedFault } from './fault.ts';
import { createFaultCourse, type PastFault } from './fault-course.ts';
import { createFluctuation } from './fluctuation.ts';
import { drawMachine } from './machine.ts';
import { operatingPoint } from './pump.ts';
import { createReporting } from './reporting.ts';
import { createSensors, type Reading } from './sensors.ts';
import { createAmbient, createDemand } from './site.ts';

/** One report: the time in ms since the epoch, the channels, and whether a fault shows in it. */
export interface Report extends Reading {
  readonly time: number;
  readonly label: 0 | 1;
}

/** The step of the simulation, s. */
const STEP = 10;
/** Simulated before the first report, so that the start is forgotten: four times the longest time constant. */
const WARM_UP = 6 * 3_600_000;
/** Vibration that reaches a machine at standstill from its neighbours, mm/s. */
const FLOOR_VIBRATION = 0.12;

/**
 * Simulates one machine from `start` to `end` (ms since the epoch).
 *
 * Each step: the fault's course, the tank and the drive, the operating point, the bearing, and a report if one
 * is due. Every part draws from a fork of its own, so that one more draw in one part moves no other.
 */
export function simulateMachine(
  random: Random,
  { start, end, faults }: { start: number; end: number; faults: readonly PlannedFault[] },
): { reports: Report[]; past: PastFault[] } {
  const { pump, bearing, site } = drawMachine(random.fork('machine'));
  const demandAt = createDemand(site, pump.bestFlow, random.fork('demand'));
  const ambientAt = createAmbient(site, random.fork('ambient'));
  const valve = createFluctuation(random.fork('valve'), { deviation: 0.03, timeConstant: 1800 });
  const slip = createFluctuation(random.fork('slip'), { deviation: 0.002, timeConstant: STEP });
  const shaking = createFluctuation(random.fork('shaking'), { deviation: 0.04, timeConstant: 300 });
  const course = createFaultCourse(random.fork('faults'), faults);
  const measure = createSensors(random.fork('sensors'));
  const report = createReporting(random.fork('reports'), start);

  const reports: Report[] = [];
  let duty: Duty = { level: 2, running: true, setpoint: 0.88, speed: 0.88, sinceStart: 0, sinceReview: 0 };
  let flow = pump.bestFlow * 0.7;
  let temperature = site.ambient;
  let last: Reading | undefined;

  for (let time = start - WARM_UP; time < end; time += STEP * 1000) {
    const { ailment, drift, fault, shows, repair } = course.next(time, STEP, duty);
    duty = nextDuty(
      duty,
      site,
      { flow, demand: demandAt(time, STEP), bestFlow: pump.bestFlow, repair },
      STEP,
    );
    const speed = duty.speed * (1 + slip(STEP));
    const point = operatingPoint(pump, speed, site.staticHead + duty.level, {
      ailment,
      valve: 1 + valve(STEP),
    });
    flow = point.flow;
    const { motorCurrent } = point;
    const load = { speed, motorCurrent, ambient: ambientAt(time, STEP), friction: ailment.friction };
    temperature = bearingTemperature(bearing, temperature, load, STEP);
    const vibration = Math.hypot(point.vibration * (1 + shaking(STEP)), FLOOR_VIBRATION);

    const stamp = report(time + STEP * 1000, fault);
    if (stamp === undefined) continue;
    const reading = measure({ flow, motorCurrent, vibration, bearingTemperature: temperature }, drift);
    if (fault?.kind === 'sensor-freeze' && last) reading[fault.channel] = last[fault.channel];
    reports.push({ time: stamp, ...reading, label: shows ? 1 : 0 });
    last = reading;
  }
  return { reports, past: course.past(end) };
}

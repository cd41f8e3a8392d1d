import { argumentError, checkInteger, checkKeys, checkNumber } from '@retrace/errors';
import { createRandom } from '@retrace/random';
import type { FaultKind } from './fault.ts';
import { planFaults } from './fault-plan.ts';
import type { FleetChannel, Reading } from './sensors.ts';
import { simulateMachine } from './simulate-machine.ts';

export interface FleetOptions {
  /** From 0 to 2^53 − 1; machines, weather, faults and noise all follow from it. */
  seed: number;
  machines: number;
  /** Time from the first report to the last; at least 6. */
  hours: number;
  /** When the reports begin, ISO 8601. Default: 2026-03-02T00:00:00Z. */
  start?: string;
  /** Share of the machines' time in which a fault acts, from 0 to 0.2. Default: 0.05. */
  faultShare?: number;
}

/** One report of one machine: m³/h, A, mm/s r.m.s., °C. */
export interface FleetRow extends Reading {
  readonly sensorId: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly timestamp: string;
  /** 1 where a fault shows. */
  readonly label: 0 | 1;
}

/**
 * A fault as it happened. Rows between its ends at which it cannot show, the machine standing, have label 0; an
 * outage may hide all of it.
 */
export interface FleetFault {
  readonly sensorId: string;
  readonly kind: FaultKind;
  /** The channel, of sensor faults. */
  readonly channel?: FleetChannel;
  /** From 0, the mildest, to 1. */
  readonly severity: number;
  readonly start: string;
  readonly end: string;
}

export interface Fleet {
  /** By time, machines interleaved. */
  readonly rows: readonly FleetRow[];
  /** By start. */
  readonly faults: readonly FleetFault[];
}

/**
 * Simulates a fleet of variable-speed pumps that fill tanks and report about once a minute, with faults.
 *
 * The laws are in `pump.ts`, `bearing.ts`, `duty-cycle.ts` and `site.ts`, the spread between machines in
 * `machine.ts`, instruments in `sensors.ts`, delays, losses and outages in `reporting.ts`, faults in `fault.ts`.
 * The same options give the same fleet on every platform whose exp, log, cos and pow agree to the last bit.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an option out of range.
 */
export function simulateFleet(options: FleetOptions): Fleet {
  checkKeys('options', options, ['seed', 'machines', 'hours', 'start', 'faultShare']);
  const { seed, start = '2026-03-02T00:00:00Z', faultShare: share = 0.05 } = options;
  const machines = checkInteger('machines', options.machines, { min: 1, max: 1000 });
  const duration = checkNumber('hours', options.hours, { min: 6, max: 10_000 }) * 3_600_000;
  checkNumber('faultShare', share, { min: 0, max: 0.2 });
  const begin = Date.parse(start);
  if (Number.isNaN(begin)) throw argumentError('start', 'a time in ISO 8601', start);

  const random = createRandom(seed);
  const plans = planFaults(random.fork('plan'), { machines, start: begin, duration, share });
  const rows: FleetRow[] = [];
  const faults: FleetFault[] = [];
  plans.forEach((plan, i) => {
    const sensorId = `pump-${seed}-${String(i + 1).padStart(2, '0')}`;
    const span = { start: begin, end: begin + duration, faults: plan };
    const { reports, past } = simulateMachine(random.fork(`machine ${i}`), span);
    for (const { time, ...report } of reports) rows.push({ sensorId, timestamp: iso(time), ...report });
    for (const { plan, start, end } of past) {
      const { kind, channel, severity } = plan;
      const sensor = kind === 'sensor-freeze' || kind === 'sensor-drift';
      faults.push({ sensorId, kind, ...(sensor && { channel }), severity, start: iso(start), end: iso(end) });
    }
  });
  return {
    rows: rows.sort((a, b) => compare(a.timestamp, b.timestamp) || compare(a.sensorId, b.sensorId)),
    faults: faults.sort((a, b) => compare(a.start, b.start) || compare(a.sensorId, b.sensorId)),
  };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

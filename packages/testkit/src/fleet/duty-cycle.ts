import type { Site } from './site.ts';

/** The tank and the drive at one moment. */
export interface Duty {
  /** Water in the tank, m. */
  readonly level: number;
  readonly running: boolean;
  /** The speed asked for, relative. */
  readonly setpoint: number;
  /** The speed reached, relative. */
  readonly speed: number;
  /** Seconds since the pump was last started. */
  readonly sinceStart: number;
  /** Seconds since the setpoint was last chosen. */
  readonly sinceReview: number;
}

export interface DutyInputs {
  /** Into the tank, m³/h. */
  readonly flow: number;
  /** Out of the tank, m³/h. */
  readonly demand: number;
  /** The pump's best flow, m³/h. */
  readonly bestFlow: number;
  /** Whether the machine is locked out for repair. */
  readonly repair: boolean;
}

/** The setpoints of the drive, each with the highest demand it serves, as a share of the pump's best flow. */
const SETPOINTS = [
  { speed: 0.82, demand: 0.45 },
  { speed: 0.88, demand: 0.58 },
  { speed: 0.94, demand: 0.7 },
  { speed: 1, demand: Infinity },
];
/** The tank overflows above this level, m. */
const BRIM = 4;

/**
 * Advances the duty by `seconds`: the tank balances flow and demand; the pump starts at the low level, stops at
 * the high one, and while running takes the lowest setpoint that serves the demand, chosen at each review; the
 * drive ramps towards the setpoint at a constant rate.
 */
export function nextDuty(duty: Duty, site: Site, inputs: DutyInputs, seconds: number): Duty {
  const { flow, demand, bestFlow, repair } = inputs;
  const inflow = ((flow - demand) * seconds) / 3600;
  const level = Math.min(BRIM, Math.max(0, duty.level + inflow / site.tankArea));
  const running = !repair && (duty.running ? level < site.stopLevel : level < site.startLevel);
  const started = running && !duty.running;
  const review = started || duty.sinceReview + seconds >= site.reviewTime;
  const setpoint = running ? (review ? chooseSetpoint(demand / bestFlow) : duty.setpoint) : 0;
  const reach = seconds / site.rampTime;
  return {
    level,
    running,
    setpoint,
    speed: duty.speed + Math.min(reach, Math.max(-reach, setpoint - duty.speed)),
    sinceStart: started ? 0 : duty.sinceStart + seconds,
    sinceReview: review ? 0 : duty.sinceReview + seconds,
  };
}

function chooseSetpoint(demand: number): number {
  return SETPOINTS.find((setpoint) => demand <= setpoint.demand)!.speed;
}

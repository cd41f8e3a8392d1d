/**
 * The bearing's temperature T: a first-order lag of its heat sources over ambient, with time constant τ,
 *
 *     τ·dT/dt = Ta + B·s^(5/3)·(1 + friction) + M·(I / Ir)² − T
 *
 * Friction: Palmgren's viscous moment grows as speed^(2/3), so its power as speed^(5/3) ("Ball and Roller
 * Bearing Engineering", 1959). Motor losses reach the bearing as the square of current. Standing still the
 * fan stands too, and cooling takes longer.
 */
export interface Bearing {
  /** B, rise from friction at rated speed, K. */
  readonly frictionRise: number;
  /** M, rise from the motor at rated current, K. */
  readonly motorRise: number;
  /** τ when running, s. */
  readonly timeConstant: number;
}

/** Ir, A. */
export const RATED_CURRENT = 20;
/** τ at standstill over τ when running. */
export const STANDSTILL_LAG = 1.6;

export interface BearingLoad {
  /** Relative. */
  readonly speed: number;
  /** A. */
  readonly motorCurrent: number;
  /** °C. */
  readonly ambient: number;
  /** Added friction, as a share. */
  readonly friction: number;
}

/** Returns the temperature (°C) at which the bearing would settle under a constant load. */
export function settledTemperature(
  bearing: Bearing,
  { speed, motorCurrent, ambient, friction }: BearingLoad,
): number {
  const motor = bearing.motorRise * (motorCurrent / RATED_CURRENT) ** 2;
  return ambient + bearing.frictionRise * speed ** (5 / 3) * (1 + friction) + motor;
}

/** Returns the temperature (°C) after `seconds` of a constant load: the exact solution of the equation above. */
export function bearingTemperature(
  bearing: Bearing,
  before: number,
  load: BearingLoad,
  seconds: number,
): number {
  const settled = settledTemperature(bearing, load);
  const lag = bearing.timeConstant * (load.speed > 0 ? 1 : STANDSTILL_LAG);
  return settled + (before - settled) * Math.exp(-seconds / lag);
}

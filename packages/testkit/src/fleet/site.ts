import type { Random } from '@retrace/random';
import { createFluctuation } from './fluctuation.ts';

/** Where a pump stands: the tank it fills, the town that empties it, the drive that follows, the weather. */
export interface Site {
  /** Lift to the bottom of the tank, m; the tank is fed from below, so its level adds to it. */
  readonly staticHead: number;
  /** m². */
  readonly tankArea: number;
  /** The pump starts below this level, m. */
  readonly startLevel: number;
  /** The pump stops above this level, m. */
  readonly stopLevel: number;
  /** Demand at a daily pattern of 1, as a share of the pump's best flow. */
  readonly demand: number;
  /** Time of a ramp from standstill to rated speed, s. */
  readonly rampTime: number;
  /** How often the speed is chosen again while running, s. */
  readonly reviewTime: number;
  /** Mean temperature of the pump house, °C. */
  readonly ambient: number;
  /** Amplitude of its daily cycle, K. */
  readonly ambientSwing: number;
}

const HOUR = 3_600_000;

/** Creates the town's demand in m³/h: two peaks a day and a fluctuation of an hour's memory. */
export function createDemand(
  { demand }: Site,
  bestFlow: number,
  random: Random,
): (time: number, seconds: number) => number {
  const fluctuation = createFluctuation(random, { deviation: 0.15, timeConstant: 3600 });
  return (time, seconds) => {
    const hour = (time / HOUR) % 24;
    const pattern =
      0.62 + 0.5 * peak(hour, 7.5, 1.8) + 0.45 * peak(hour, 19.5, 2.5) - 0.25 * peak(hour, 3, 2);
    return bestFlow * demand * pattern * Math.exp(fluctuation(seconds));
  };
}

/** Creates the pump house's temperature in °C: warmest at 15:00 UTC, with weather of eight hours' memory. */
export function createAmbient(
  { ambient, ambientSwing }: Site,
  random: Random,
): (time: number, seconds: number) => number {
  const weather = createFluctuation(random, { deviation: 1, timeConstant: 8 * 3600 });
  return (time, seconds) =>
    ambient + ambientSwing * Math.cos((2 * Math.PI * (time / HOUR - 15)) / 24) + weather(seconds);
}

/** A bell of height 1 around `centre`, `width` hours its standard deviation, on the circle of the day. */
function peak(hour: number, centre: number, width: number): number {
  const distance = Math.min(Math.abs(hour - centre), 24 - Math.abs(hour - centre));
  return Math.exp(-0.5 * (distance / width) ** 2);
}

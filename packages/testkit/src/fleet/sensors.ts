import type { Random } from '@retrace/random';

/** The channels of a report, in the order of the CSV: m³/h, A, mm/s r.m.s., °C. */
export const fleetChannels = ['flow', 'motorCurrent', 'vibration', 'bearingTemperature'] as const;
export type FleetChannel = (typeof fleetChannels)[number];
export type Reading = Record<FleetChannel, number>;

interface SensorSpec {
  /** Standard deviation of an instrument's gain from 1. */
  gain: number;
  /** Standard deviation of an instrument's zero, in units of the channel. */
  zero: number;
  /** Standard deviation of a reading, in units of the channel. */
  noise: number;
  /** Standard deviation of a reading, as a share of it. */
  relativeNoise: number;
  /** Readings below this are reported as 0. */
  cutoff: number;
  /** Decimal places reported. */
  decimals: number;
}

const sensorSpecs: Record<FleetChannel, SensorSpec> = {
  flow: { gain: 0.015, zero: 0, noise: 0.5, relativeNoise: 0.005, cutoff: 2, decimals: 1 },
  motorCurrent: { gain: 0.015, zero: 0, noise: 0.12, relativeNoise: 0.005, cutoff: 0.5, decimals: 1 },
  vibration: { gain: 0.05, zero: 0, noise: 0.02, relativeNoise: 0.05, cutoff: 0, decimals: 2 },
  bearingTemperature: { gain: 0, zero: 0.7, noise: 0.12, relativeNoise: 0, cutoff: -Infinity, decimals: 1 },
};

/** A departure of one channel's instrument: reported = true·gain + zero. */
export interface Drift {
  readonly channel: FleetChannel;
  readonly gain: number;
  readonly zero: number;
}

/** Creates the instruments of one machine: the result turns a true state into what is reported. */
export function createSensors(random: Random): (truth: Reading, drift?: Drift) => Reading {
  const instruments = fleetChannels.map((channel) => {
    const spec = sensorSpecs[channel];
    const gain = 1 + spec.gain * random.normal();
    return { channel, spec, gain, zero: spec.zero * random.normal() };
  });
  return (truth, drift) => {
    const reading = { ...truth };
    for (const { channel, spec, gain, zero } of instruments) {
      let value = truth[channel] * gain + zero;
      if (drift?.channel === channel) value = value * drift.gain + drift.zero;
      value += Math.hypot(spec.noise, spec.relativeNoise * value) * random.normal();
      reading[channel] = value < spec.cutoff ? 0 : Number(value.toFixed(spec.decimals));
    }
    return reading;
  };
}

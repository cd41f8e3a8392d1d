import type { FleetChannel } from './sensors.ts';

/**
 * What can go wrong, fixed before any model was trained on the simulation. Amplitudes are of the order of a
 * channel's normal variation from speed, tank level and weather; what a fault breaks is the relation between
 * channels, or of a channel to its past.
 *
 * - cavitation: vapour at the inlet takes head away and fluctuates; flow and current fall, vibration rises.
 * - bearing-wear: a damaged race; vibration and bearing temperature rise together, ever further.
 * - impeller-blockage: rags in the impeller; less flow for more current, some unbalance.
 * - sensor-freeze: one channel repeats its last value.
 * - sensor-drift: one channel departs slowly, by its gain or (temperature) its zero.
 * - missed-reports: every second or third report is lost, never more than three in a row; the values of those
 *   that arrive are true, so only their timing tells.
 */
export const faultKinds = [
  'cavitation',
  'bearing-wear',
  'impeller-blockage',
  'sensor-freeze',
  'sensor-drift',
  'missed-reports',
] as const;
export type FaultKind = (typeof faultKinds)[number];

type Range = readonly [low: number, high: number];

/** How long each kind acts, in minutes, before scaling to the share of time asked for. */
export const faultMinutes: Record<FaultKind, Range> = {
  cavitation: [10, 40],
  'bearing-wear': [50, 110],
  'impeller-blockage': [15, 50],
  'sensor-freeze': [15, 45],
  'sensor-drift': [40, 90],
  'missed-reports': [15, 30],
};

/** The effect of each kind at its full extent, from severity 0 to severity 1, in the units of `Ailment`. */
export const faultEffects: {
  readonly cavitation: Record<'headLoss' | 'roughness', Range>;
  readonly 'bearing-wear': Record<'roughness' | 'friction', Range>;
  readonly 'impeller-blockage': Record<'obstruction' | 'drag' | 'unbalance', Range>;
  /** Shares of the reading; K for the temperature. */
  readonly 'sensor-drift': Record<FleetChannel, Range>;
  /** Share of the reports. */
  readonly 'missed-reports': Record<'lost', Range>;
} = {
  cavitation: { headLoss: [0.08, 0.25], roughness: [0.8, 2.5] },
  'bearing-wear': { roughness: [0.8, 2.5], friction: [0.25, 0.6] },
  'impeller-blockage': { obstruction: [0.2, 0.8], drag: [0.08, 0.2], unbalance: [0.2, 0.6] },
  'sensor-drift': {
    flow: [0.1, 0.3],
    motorCurrent: [0.1, 0.3],
    vibration: [0.3, 0.8],
    bearingTemperature: [4, 12],
  },
  'missed-reports': { lost: [0.5, 0.67] },
};

/** The most reports the fault `missed-reports` loses in a row. */
export const MOST_MISSED = 3;

/** Share of its full extent that bearing wear has at onset, when the race breaks; it grows linearly from there. */
export const WEAR_AT_ONSET = 0.2;

/** One fault, as planned: times in ms since the epoch. */
export interface PlannedFault {
  readonly kind: FaultKind;
  /** The channel of a sensor fault. */
  readonly channel: FleetChannel;
  /** Whether a drift goes up or down. */
  readonly sign: 1 | -1;
  /** From 0, the mildest, to 1. */
  readonly severity: number;
  /** The earliest time it can begin. */
  readonly due: number;
  /** How long it acts, ms. */
  readonly duration: number;
}

/** Returns the value of a range at a severity. */
export function atSeverity([low, high]: Range, severity: number): number {
  return low + (high - low) * severity;
}

/**
 * Tells whether a fault acts at all times or only while the machine turns. The latter neither shows nor
 * progresses at standstill: an hour of wear is an hour of turning.
 */
export function actsAtStandstill({ kind, channel }: Pick<PlannedFault, 'kind' | 'channel'>): boolean {
  if (kind === 'sensor-drift') return channel === 'bearingTemperature';
  return kind === 'sensor-freeze' || kind === 'missed-reports';
}

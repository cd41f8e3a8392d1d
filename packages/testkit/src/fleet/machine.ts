import type { Random } from '@retrace/random';
import type { Bearing } from './bearing.ts';
import type { Pump } from './pump.ts';
import type { Site } from './site.ts';

/** One pump, its bearing and the site it stands on. */
export interface Machine {
  readonly pump: Pump;
  readonly bearing: Bearing;
  readonly site: Site;
}

/**
 * Draws a machine: one 15 kW model rated 100 m³/h at 30 m, with its impeller trimmed by up to 6 %, the few per
 * cent of manufacturing tolerance that ISO 9906 allows head and flow, and a site of its own.
 */
export function drawMachine(random: Random): Machine {
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const about = (value: number, tolerance: number) => value * between(1 - tolerance, 1 + tolerance);
  const trim = between(0.94, 1);
  return {
    pump: {
      shutOffHead: about(38, 0.03) * trim ** 2,
      internalResistance: about(8e-4, 0.06),
      bestFlow: about(100, 0.03) * trim,
      efficiency: about(0.74, 0.04),
      pipeResistance: about(1.2e-3, 0.15),
      motorEfficiency: about(0.9, 0.015),
      magnetisingCurrent: about(9, 0.06),
      hydraulicVibration: between(0.5, 0.9),
      unbalanceVibration: between(0.2, 0.4),
      resonance: between(0.74, 1.12),
      damping: between(0.08, 0.14),
    },
    bearing: {
      frictionRise: between(18, 28),
      motorRise: between(6, 12),
      timeConstant: between(25, 50) * 60,
    },
    site: {
      staticHead: between(13, 17),
      tankArea: between(12, 22),
      startLevel: between(0.6, 1),
      stopLevel: between(3.1, 3.7),
      demand: between(0.52, 0.7),
      rampTime: between(60, 180),
      reviewTime: between(15, 30) * 60,
      ambient: between(16, 24),
      ambientSwing: between(2, 5),
    },
  };
}

import type { Random } from '@retrace/random';
import { actsAtStandstill, atSeverity, faultEffects, type PlannedFault, WEAR_AT_ONSET } from './fault.ts';
import { createFluctuation } from './fluctuation.ts';
import { type Ailment, sound } from './pump.ts';
import type { Drift } from './sensors.ts';

/** How a machine is at one moment. */
interface Condition {
  readonly ailment: Ailment;
  readonly drift?: Drift;
  /** The fault that acts, if any. */
  readonly fault?: PlannedFault;
  /** Whether reports of this moment show the fault. */
  readonly shows: boolean;
  /** Whether the machine is locked out for repair. */
  readonly repair: boolean;
}

/** A fault as it happened: times in ms since the epoch. */
export interface PastFault {
  readonly plan: PlannedFault;
  readonly start: number;
  readonly end: number;
}

export interface FaultCourse {
  /** Advances by `seconds` to `time` (ms). */
  next(time: number, seconds: number, duty: { speed: number; sinceStart: number }): Condition;
  /** The faults that began, at the end of the simulation; the last may be cut short by it. */
  past(end: number): PastFault[];
}

/** Every fault but missed reports first shows on a machine that has run this long, s. */
const SETTLED = 300;
/** Wear and blockage end in a repair of this long, s. */
const REPAIR = [1200, 2400] as const;

/** Creates the course of one machine's faults, one at a time, in the order they are due. */
export function createFaultCourse(random: Random, plan: readonly PlannedFault[]): FaultCourse {
  const pending = plan.toSorted((a, b) => a.due - b.due);
  const over: PastFault[] = [];
  const burst = createFluctuation(random.fork('burst'), { deviation: 0.3, timeConstant: 20 });
  let active: { plan: PlannedFault; start: number; acted: number } | undefined;
  let repairUntil = -Infinity;

  function begin(time: number, speed: number, sinceStart: number): void {
    const due = pending[0];
    const settled = speed > 0 && sinceStart >= SETTLED;
    if (!due || time < due.due || !(settled || due.kind === 'missed-reports')) return;
    active = { plan: due, start: time, acted: 0 };
    pending.shift();
  }

  function end({ plan, start }: { plan: PlannedFault; start: number }, time: number): void {
    over.push({ plan, start, end: time });
    active = undefined;
    if (plan.kind === 'bearing-wear' || plan.kind === 'impeller-blockage')
      repairUntil = time + 1000 * atSeverity(REPAIR, random.uniform());
  }

  return {
    next(time, seconds, { speed, sinceStart }) {
      const strength = Math.max(0, 1 + burst(seconds));
      if (active && active.acted >= active.plan.duration) end(active, time);
      else if (!active) begin(time, speed, sinceStart);
      const repair = time < repairUntil;
      if (!active) return { ailment: sound, shows: false, repair };
      const shows = speed > 0 || actsAtStandstill(active.plan);
      if (shows) active.acted += seconds * 1000;
      const progress = Math.min(1, active.acted / active.plan.duration);
      return { fault: active.plan, shows, repair, ...effects(active.plan, progress, strength) };
    },
    past: (time) => (active ? [...over, { plan: active.plan, start: active.start, end: time }] : over),
  };
}

/** The effects of a fault at a share of its course; `strength` fluctuates around 1. */
function effects(
  { kind, channel, sign, severity }: PlannedFault,
  progress: number,
  strength: number,
): { ailment: Ailment; drift?: Drift } {
  switch (kind) {
    case 'cavitation': {
      const { headLoss, roughness } = faultEffects.cavitation;
      return {
        ailment: {
          ...sound,
          headLoss: atSeverity(headLoss, severity) * strength,
          roughness: atSeverity(roughness, severity) * strength,
        },
      };
    }
    case 'bearing-wear': {
      const { roughness, friction } = faultEffects['bearing-wear'];
      const grown = WEAR_AT_ONSET + (1 - WEAR_AT_ONSET) * progress;
      return {
        ailment: {
          ...sound,
          roughness: atSeverity(roughness, severity) * grown,
          friction: atSeverity(friction, severity) * grown,
        },
      };
    }
    case 'impeller-blockage': {
      const { obstruction, drag, unbalance } = faultEffects['impeller-blockage'];
      return {
        ailment: {
          ...sound,
          obstruction: atSeverity(obstruction, severity),
          drag: atSeverity(drag, severity),
          unbalance: atSeverity(unbalance, severity),
        },
      };
    }
    case 'sensor-drift': {
      const departure = sign * progress * atSeverity(faultEffects['sensor-drift'][channel], severity);
      const drift =
        channel === 'bearingTemperature'
          ? { channel, gain: 1, zero: departure }
          : { channel, gain: 1 + departure, zero: 0 };
      return { ailment: sound, drift };
    }
    case 'sensor-freeze':
    case 'missed-reports':
      return { ailment: sound };
  }
}

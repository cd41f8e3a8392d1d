import { argumentError } from '@retrace/errors';
import type { Random } from '@retrace/random';
import { atSeverity, type FaultKind, faultKinds, faultMinutes, type PlannedFault } from './fault.ts';
import { fleetChannels } from './sensors.ts';

const MINUTE = 60_000;
/** No fault is due in the first two hours, nor in the second half of the slot it is given. */
const LEAD = 120 * MINUTE;

export interface FaultPlanOptions {
  machines: number;
  /** ms since the epoch. */
  start: number;
  /** ms. */
  duration: number;
  /** Share of the machines' time that faults act. */
  share: number;
}

/**
 * Plans the faults of a fleet, by machine.
 *
 * Whole rounds of all kinds are dealt, as many as come nearest the share, and their durations scaled to meet it.
 * A machine's faults lie in equal slots of its time, each due in the first half of its slot.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the fleet is too small for one round of faults at this share.
 */
export function planFaults(
  random: Random,
  { machines, start, duration, share }: FaultPlanOptions,
): PlannedFault[][] {
  const plan: PlannedFault[][] = Array.from({ length: machines }, () => []);
  if (share === 0) return plan;
  const round = faultKinds.reduce((sum, kind) => sum + atSeverity(faultMinutes[kind], 0.5), 0) * MINUTE;
  const rounds = Math.max(1, Math.round((share * machines * duration) / round));
  const drafts = Array.from({ length: rounds }, () => random.shuffle([...faultKinds])).flat();
  const minutes = drafts.map((kind) => atSeverity(faultMinutes[kind], random.uniform()));
  const total = minutes.reduce((sum, value) => sum + value, 0) * MINUTE;
  const scale = (share * machines * duration) / total;
  if (scale < 0.5)
    throw argumentError(
      'faultShare',
      'large enough for one fault of each kind',
      share,
      'Simulate longer, or 0.',
    );
  const order = random.permutation(machines);
  const slot = (duration - LEAD) / Math.ceil(drafts.length / machines);
  drafts.forEach((kind, i) => {
    const due = start + LEAD + slot * (Math.floor(i / machines) + 0.5 * random.uniform());
    plan[order[i % machines]!]!.push(drawFault(random, kind, due, minutes[i]! * MINUTE * scale));
  });
  return plan;
}

function drawFault(random: Random, kind: FaultKind, due: number, duration: number): PlannedFault {
  const channel = fleetChannels[random.integer(fleetChannels.length)]!;
  return { kind, channel, sign: random.integer(2) === 0 ? 1 : -1, severity: random.uniform(), due, duration };
}

import type { FleetOptions } from './fleet/simulate-fleet.ts';

/**
 * The evaluation protocol of the simulated pump fleet, fixed before any model was trained on it: seeds, sizes
 * and, in `fleet/fault.ts`, faults. Detectors are fitted on the training fleet and compared on each evaluation
 * fleet, whose machines they have never seen; the figure to report is the median over the evaluation fleets.
 */
export const trainingFleet: FleetOptions = {
  seed: 1,
  machines: 12,
  hours: 40,
  start: '2026-03-02T00:00:00Z',
};

export const evaluationFleets: readonly FleetOptions[] = [101, 102, 103, 104, 105].map((seed) => ({
  seed,
  machines: 6,
  hours: 28,
  start: '2026-03-09T00:00:00Z',
}));

/**
 * The gap, in ms, above which two reports are not of one run: longer than the fault of missed reports leaves,
 * shorter than any outage.
 */
export const fleetMaxGap = 300_000;

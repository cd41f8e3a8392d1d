import { type Detector, fitBaselines, type RowScorer } from '@retrace/detector';
import { readSeries } from '@retrace/tables';
import { normalWindows, type Series, slidingWindows, splitByTime } from '@retrace/windowing';
import { type FaultKind, faultKinds } from 'testkit';
import { type FaultFigures, type FleetFigures, fleetFigures } from './fleet-figures.ts';
import { median } from './median.ts';
import { columns, scorer, shares } from './recipe.ts';
import type { FleetFiles } from './simulated-fleets.ts';

/** One scorer's figures, each the median over the fleets. */
export interface Comparison {
  readonly name: string;
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** The share of faulty rows, which is the average precision of a score by chance. */
  readonly chance: number | null;
  readonly byFault: Readonly<Record<FaultKind, FaultFigures>>;
}

/** Compares a detector with the simple baselines, fitted on the same rows, on machines that none has seen. */
export async function compareOnUnseen(
  detector: Detector,
  { training, unseen }: FleetFiles,
): Promise<Comparison[]> {
  const scorers = new Map<string, RowScorer>([
    ['autoencoder', detector],
    ...(await baselinesLike(detector, await readSeries(training.path, columns))),
  ]);
  const figures = new Map<string, FleetFigures[]>([...scorers.keys()].map((name) => [name, []]));
  for (const { path, faults } of unseen) {
    const series = await readSeries(path, columns);
    for (const [name, each] of scorers) figures.get(name)!.push(await fleetFigures(each, { series, faults }));
  }
  return [...figures].map(([name, fleets]) => medians(name, fleets));
}

async function baselinesLike(
  { state }: Detector,
  pumps: readonly Series[],
): Promise<ReadonlyMap<string, RowScorer>> {
  const { windows, scaler, threshold } = state;
  const { train, calibration } = splitByTime(pumps, shares);
  const inputs = normalWindows(slidingWindows(train, windows, { scaler }));
  return fitBaselines(inputs, {
    calibration,
    windows,
    scaler,
    scorer,
    threshold: { kind: 'quantile', ...(threshold.kind === 'quantile' && { q: threshold.q }) },
  });
}

function medians(name: string, fleets: readonly FleetFigures[]): Comparison {
  const over = (figure: (fleet: FleetFigures) => number | null) => median(fleets.map(figure));
  return {
    name,
    rocAuc: over((fleet) => fleet.rocAuc),
    averagePrecision: over((fleet) => fleet.averagePrecision),
    precision: over((fleet) => fleet.events.precision),
    recall: over((fleet) => fleet.events.recall),
    f1: over((fleet) => fleet.events.f1),
    chance: over((fleet) => fleet.labelledShare),
    byFault: Object.fromEntries(
      faultKinds.map((kind) => [
        kind,
        {
          averagePrecision: over((fleet) => fleet.byFault[kind].averagePrecision),
          chance: over((fleet) => fleet.byFault[kind].chance),
        },
      ]),
    ) as Record<FaultKind, FaultFigures>,
  };
}

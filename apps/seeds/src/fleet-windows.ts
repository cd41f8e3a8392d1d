import { readSeries } from '@retrace/tables';
import {
  fitScaler,
  normalWindows,
  type Series,
  scale,
  slidingWindows,
  splitByTime,
  type Windows,
} from '@retrace/windowing';
import {
  evaluationFleets,
  type FleetOptions,
  fleetMaxGap,
  simulateFleet,
  toFleetCsv,
  trainingFleet,
} from 'testkit';

export const lookback = 20;
const spec = { lookback, stride: 5, maxGap: fleetMaxGap };

/** Simulated pumps, about 5 % of whose rows are labelled faulty, as the rows of a CSV. */
export async function fleetSeries(options: FleetOptions = trainingFleet): Promise<Series[]> {
  const csv = new TextEncoder().encode(toFleetCsv(simulateFleet(options)));
  return readSeries(csv, { time: 'timestamp', by: 'sensor_id', label: 'label' });
}

export interface FleetWindows {
  /** Of the training pumps, without a labelled row. */
  readonly train: Windows;
  /** Of pumps that are not among those. */
  readonly test: Windows;
}

/** Windows of the fleet to train on, and of one whose pumps stay unseen. */
export async function fleetWindows(): Promise<FleetWindows> {
  const training = await fleetSeries();
  const scaler = fitScaler(training, { kind: 'standard' });
  return {
    train: normalWindows(slidingWindows(scale(training, scaler), spec)),
    test: slidingWindows(scale(await fleetSeries(evaluationFleets[0]), scaler), spec),
  };
}

export interface SplitFleet {
  readonly train: Windows;
  readonly calibration: Windows;
  readonly test: Windows;
}

/** The training fleet split by time, each part scaled by the first: no window of one shares a row with another's. */
export async function blockedSplit(): Promise<SplitFleet> {
  const parts = splitByTime(await fleetSeries(), { train: 0.6, calibration: 0.2 });
  const scaler = fitScaler(parts.train, { kind: 'standard' });
  const cut = (series: readonly Series[]) => slidingWindows(scale(series, scaler), spec);
  return {
    train: normalWindows(cut(parts.train)),
    calibration: normalWindows(cut(parts.calibration)),
    test: cut(parts.test),
  };
}

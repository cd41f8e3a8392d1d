import type { ScorerSpec } from '@retrace/scoring';
import { fleetMaxGap } from 'testkit';

/** How the pumps' CSV is read. */
export const columns: { time: string; by: string; label: string } = {
  time: 'timestamp',
  by: 'sensor_id',
  label: 'label',
};

/** Which part of each pump's time trains, and which sets scorer and threshold. */
export const shares: { train: number; calibration: number } = { train: 0.8, calibration: 0.2 };

/** Rows. */
const halfLife = 5;

/** A start or a stop of a pump departs wildly for a row or two, a fault mildly for many. */
export const scorer: Required<Pick<ScorerSpec, 'kind' | 'clip' | 'smoothing'>> = {
  kind: 'standardised',
  clip: 3,
  smoothing: { kind: 'ewma', halfLife },
};

/** The same as flags of `retrace train`, with the model: its latent is narrower than a window, wider than a pump's state. */
export const trainFlags: readonly string[] = [
  ...['--time', columns.time, '--by', columns.by, '--label', columns.label],
  ...['--train', `${shares.train}`, '--calibration', `${shares.calibration}`],
  ...['--lookback', '20', '--stride', '5', '--max-gap', `${fleetMaxGap / 60_000}m`],
  ...['--units', '8', '--decoder-units', '32'],
  ...[
    '--epochs',
    '45',
    '--batch-size',
    '128',
    '--learning-rate',
    '0.005',
    '--clip-norm',
    '1',
    '--patience',
    '15',
  ],
  ...['--scorer', scorer.kind, '--clip', `${scorer.clip}`, '--smooth', `ewma:halfLife=${halfLife}`],
  ...['--seed', '1'],
];

/** How the report is drawn. */
export const featureUnits: readonly string[] = ['m³/h', 'A', 'mm/s', '°C'];
export const reportFlags: readonly string[] = ['--feature-units', featureUnits.join()];

import { argumentError, checkKeys } from '@retrace/errors';
import { type Series, splitByTime } from '@retrace/windowing';

/** The raw rows of a trial, all of the same features. */
export interface TrialData {
  /** To train on; windows with a row labelled anomalous are left out. */
  readonly train: readonly Series[];
  /** To fit scorer and threshold on. */
  readonly calibration: readonly Series[];
  /** To validate on, but for windows with a row labelled anomalous. Default: the last of the training rows. */
  readonly validation?: readonly Series[];
  /** To measure the detector on, as far as they are labelled. Default: nothing is measured. */
  readonly test?: readonly Series[];
}

const parts = ['train', 'calibration', 'validation', 'test'] as const;

/** Refuses what is no data, and parts of other features than the training rows; throws `RETRACE_INVALID_ARGUMENT`. */
export function checkTrialData(data: TrialData): void {
  checkKeys('data', data, parts);
  const features = data.train?.[0]?.features;
  if (!Array.isArray(data.train) || !features)
    throw argumentError('data.train', 'an array of at least one series', data.train);
  for (const part of parts) {
    const series: unknown = data[part];
    if (series === undefined && part !== 'calibration') continue;
    if (!Array.isArray(series)) throw argumentError(`data.${part}`, 'an array of series', series);
    const other = series.findIndex(
      (each: Partial<Series>) => each?.features?.join('\n') !== features.join('\n'),
    );
    if (other >= 0) {
      const expected = `a series of the features ${features.join(', ')}, in that order`;
      throw argumentError(`data.${part}[${other}]`, expected, (series[other] as Partial<Series>)?.features);
    }
  }
}

/** Returns the rows that train and those that validate: those given for it, or the last `share` of each series. */
export function heldOutRows(
  { train, validation }: TrialData,
  share: number,
): { readonly train: readonly Series[]; readonly validation: readonly Series[] } {
  if (validation) return { train, validation };
  const split = splitByTime(train, { train: 1 - share, calibration: share });
  // Rounding of the shares may leave a row over.
  return { train: split.train, validation: [...split.calibration, ...split.test] };
}

/** Tells whether some test rows are labelled. */
export function isLabelled({ test = [] }: TrialData): boolean {
  return test.some(({ labels }) => labels !== undefined);
}

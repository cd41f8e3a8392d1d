import { RetraceError } from '@retrace/errors';
import { type Series, splitByTime } from '@retrace/windowing';
import { commandLineError } from './command-line-error.ts';
import { metadataJson } from './metadata-json.ts';

/** Which rows of its tables a detector was fitted on, as its file keeps it. */
export interface TrainingSplit {
  /** The share of the rows of each series, the first, that trained. */
  readonly train: number;
  /** The share of the next, which set the threshold. */
  readonly calibration: number;
  /** The column of labels, by which anomalous rows were left out. Absent: none was. */
  readonly label?: string;
}

/** What each row of some tables serves for. */
export interface SplitRows {
  readonly train: readonly Series[];
  readonly calibration: readonly Series[];
  readonly test: readonly Series[];
}

/** The metadata key of a detector file that holds its split. */
export const splitKey = 'retrace.split';

export function splitText({ train, calibration, label }: TrainingSplit): string {
  return JSON.stringify({ train, calibration, label });
}

/**
 * Reads the split in the metadata of a detector, undefined if there is none.
 *
 * @throws `RETRACE_DETECTOR_FILE` for text that was not written from a split.
 */
export function splitOf(metadata: Readonly<Record<string, string>>): TrainingSplit | undefined {
  if (metadata[splitKey] === undefined) return undefined;
  const { train, calibration, label } = metadataJson(metadata, splitKey) ?? {};
  const isLabel = label === undefined || typeof label === 'string';
  if (isShare(train) && isShare(calibration) && isLabel) {
    return { train, calibration, ...(label !== undefined && { label }) };
  }
  const message = `The split in the metadata '${splitKey}' is damaged. Train the detector again.`;
  throw new RetraceError('RETRACE_DETECTOR_FILE', message, { key: splitKey });
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 1;
}

// Shares that make up the whole may sum to 1 ± 1e-16 by rounding.
const rounding = 1e-9;

/** Tells whether training and calibration leave rows over. */
export function leavesRowsToTest({ train, calibration }: TrainingSplit): boolean {
  return train + calibration < 1 - rounding;
}

/** Throws `RETRACE_COMMAND_LINE` for shares above the whole. */
export function checkSplit({ train, calibration }: TrainingSplit): void {
  if (train + calibration > 1 + rounding)
    throw commandLineError(
      `\`--train\` ${train} and \`--calibration\` ${calibration} are more than all rows together.`,
    );
}

/** Splits rows as training did, those to fit on without labels if it had none. */
export function splitRows(series: readonly Series[], { label, ...shares }: TrainingSplit): SplitRows {
  const { train, calibration, test } = splitByTime(series, shares);
  if (label !== undefined) return { train, calibration, test };
  const unlabelled = ({ labels: _, ...rest }: Series): Series => rest;
  return { train: train.map(unlabelled), calibration: calibration.map(unlabelled), test };
}

import type { AnomalyOptions } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import type { Command } from 'commander';
import { type Duration, parseDuration } from './duration.ts';
import { checkUnits, warnOfUnits } from './duration-units.ts';
import { integerFlag, numberFlag, positive } from './flag-values.ts';

/** The flags that decide which rows make an anomaly. */
export interface AnomalyFlags {
  readonly minAnomaly?: number;
  readonly mergeGap?: Duration;
  readonly release?: number;
  readonly tolerance?: Duration;
}

/** Adds the flags that decide which rows make an anomaly. */
export function addAnomalyFlags(command: Command): void {
  command
    .optionsGroup('Anomalies:')
    .option(
      '--min-anomaly <rows>',
      'under alarm, the fewest that make an anomaly (default: 1)',
      integerFlag('--min-anomaly', { min: 1 }),
    )
    .option(
      '--merge-gap <duration>',
      "the longest between two stretches of one anomaly: 30s, 5m, or none; of a counter, a plain number (default: the detector's)",
      (text) => (text === 'none' ? { value: 0, hasUnit: false } : parseDuration('--merge-gap', text)),
    )
    .option(
      '--release <share>',
      'of the threshold, above which rows after one under alarm stay in its anomaly (default: 1)',
      numberFlag('--release', { ...positive, max: 1 }),
    )
    .option(
      '--tolerance <duration>',
      'that an anomaly is said to last before and after its rows (default: none)',
      (text) => parseDuration('--tolerance', text),
    );
}

/** Throws `RETRACE_COMMAND_LINE` for durations with a unit where rows are counted. */
export function checkAnomalyFlags({ mergeGap, tolerance }: AnomalyFlags, time: string | undefined): void {
  checkUnits({ mergeGap, tolerance }, time);
}

/** Turns the flags into the rules by which anomalies are found in series; warns of units that their times have not. */
export function toAnomalyRules(
  { minAnomaly, mergeGap, release, tolerance }: AnomalyFlags,
  series: readonly Series[],
  warn: (message: string) => void,
): AnomalyOptions {
  warnOfUnits({ mergeGap, tolerance }, series, warn);
  return {
    ...(minAnomaly !== undefined && { minRows: minAnomaly }),
    ...(mergeGap && { mergeGap: mergeGap.value }),
    ...(release !== undefined && { release }),
    ...(tolerance && { tolerance: tolerance.value }),
  };
}

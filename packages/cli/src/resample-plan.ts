import { argumentError, RetraceError } from '@retrace/errors';
import { type ResampleRule, resample, type Series } from '@retrace/windowing';
import { type Duration, parseDuration } from './duration.ts';
import { metadataJson } from './metadata-json.ts';

/** How rows are laid on a grid before a detector sees them, as its file keeps it. */
export interface ResamplePlan {
  /** In the unit of time. */
  readonly every: number;
  readonly rule: ResampleRule;
  /** Longer steps are not filled. Absent: all are. */
  readonly maxGap?: number;
}

/** What `--resample` says. */
export interface ResampleFlag {
  readonly every: Duration;
  readonly rule: ResampleRule;
}

/** The metadata key of a detector file that holds its plan. */
export const resampleKey = 'retrace.resample';

const rules: readonly ResampleRule[] = ['last', 'mean', 'linear', 'none'];

/** Reads a duration and, after a comma, a rule: `5m` or `5m,mean`; throws `RETRACE_INVALID_ARGUMENT` naming the flag. */
export function parseResample(text: string): ResampleFlag {
  const [duration = '', rule = 'last', ...more] = text.split(',');
  const known = rules.find((each) => each === rule);
  if (!known || more.length > 0) {
    throw argumentError(
      '--resample',
      `a duration, or a duration and one of ${rules.join(', ')}, such as 5m,mean`,
      text,
    );
  }
  return { every: parseDuration('--resample', duration), rule: known };
}

/** Makes the plan of flags: `--max-gap` says which steps are too long to be filled. */
export function resamplePlan({ every, rule }: ResampleFlag, maxGap: Duration | undefined): ResamplePlan {
  return { every: every.value, rule, ...(maxGap && { maxGap: maxGap.value }) };
}

/** Lays series on the grid of a plan; without one they stay as they are. */
export function regrid(series: readonly Series[], plan: ResamplePlan | undefined): readonly Series[] {
  return plan ? resample(series, plan) : series;
}

/**
 * Reads the plan in the metadata of a detector, undefined if there is none.
 *
 * @throws `RETRACE_DETECTOR_FILE` for text that was not written from a plan.
 */
export function planOf(metadata: Readonly<Record<string, string>>): ResamplePlan | undefined {
  if (metadata[resampleKey] === undefined) return undefined;
  const { every, rule, maxGap } = metadataJson(metadata, resampleKey) ?? {};
  const known = rules.find((each) => each === rule);
  const isGap = maxGap === undefined || (typeof maxGap === 'number' && maxGap > 0);
  if (typeof every === 'number' && every > 0 && known && isGap) {
    return { every, rule: known, ...(typeof maxGap === 'number' && { maxGap }) };
  }
  const message = `The resampling in the metadata '${resampleKey}' is damaged. Train the detector again.`;
  throw new RetraceError('RETRACE_DETECTOR_FILE', message, { key: resampleKey });
}

import { RetraceError } from '@retrace/errors';
import type { Series, WindowSpec } from '@retrace/windowing';
import { rowCount } from './row-count.ts';

/** Makes the error for rows to train or to calibrate on that are too few for a window. */
export function tooFewRows(
  purpose: 'train' | 'calibrate',
  part: readonly Series[],
  { lookback, maxGap = Infinity }: WindowSpec,
): RetraceError {
  const rows = rowCount(part);
  const gap = maxGap < Infinity ? ' or raise `maxGap`' : '';
  return new RetraceError(
    purpose === 'train' ? 'RETRACE_TOO_FEW_WINDOWS' : 'RETRACE_NO_CALIBRATION',
    `The ${rows} rows of ${part.length} series to ${purpose} on hold no window of ${lookback} rows. ` +
      `Give longer series, lower \`lookback\` or \`minRows\`${gap}.`,
    { rows, series: part.length, lookback },
  );
}

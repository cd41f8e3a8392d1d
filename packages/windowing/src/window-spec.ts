import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import type { WindowSpec } from './windows.ts';

/**
 * Returns a window spec with every default filled in.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an unknown key, a `shift` without a `horizon` or a value out of range.
 */
export function checkWindowSpec(spec: WindowSpec): Required<WindowSpec> {
  checkKeys('windows', spec, ['lookback', 'horizon', 'shift', 'stride', 'maxGap', 'minRows', 'anchor']);
  const { lookback, horizon = 0, shift = 0, stride = 1, maxGap = Infinity, minRows = lookback } = spec;
  const { anchor = 'start' } = spec;
  checkInteger('lookback', lookback, { min: 1 });
  checkInteger('horizon', horizon, { min: 0 });
  checkInteger('shift', shift, { min: -lookback });
  if (horizon === 0 && shift !== 0) throw argumentError('shift', '0 where `horizon` is 0', shift);
  checkInteger('stride', stride, { min: 1 });
  if (typeof maxGap !== 'number' || !(maxGap > 0)) {
    throw argumentError('maxGap', 'a positive number or Infinity', maxGap);
  }
  checkInteger('minRows', minRows, { min: 1, max: lookback });
  checkOneOf('anchor', anchor, ['start', 'both']);
  return { lookback, horizon, shift, stride, maxGap, minRows, anchor };
}

/** The rows beyond the last row in that a window reaches. */
export function lead({ horizon, shift }: Required<WindowSpec>): number {
  return horizon > 0 ? Math.max(0, shift + horizon) : 0;
}

import type { AnomalyOptions } from '@retrace/scoring';
import { countOf } from './count-of.ts';
import { stepText } from './profile-text.ts';

/**
 * Tells by which rules rows make an anomaly, one sentence; undefined where a stretch of rows under alarm is one as it is.
 *
 * @param isDate Whether times are dates, whose durations have a unit.
 */
export function anomalyRulesText(
  { minRows, mergeGap, release, tolerance }: AnomalyOptions,
  isDate: boolean,
): string | undefined {
  const parts = [
    ...(minRows === undefined ? [] : [`has at least ${countOf(minRows, 'row')} under alarm`]),
    ...(!mergeGap ? [] : [`joins stretches up to ${stepText(mergeGap, isDate)} apart`]),
    ...(release === undefined ? [] : [`goes on above ${release} of the threshold`]),
    ...(tolerance === undefined ? [] : [`lasts ${stepText(tolerance, isDate)} before and after its rows`]),
  ];
  return parts.length === 0 ? undefined : `An anomaly ${parts.join(', ')}.`;
}

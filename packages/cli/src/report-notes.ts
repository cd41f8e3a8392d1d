import type { Detector } from '@retrace/detector';
import type { AnomalyOptions } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { anomalyRulesText } from './anomaly-rules-text.ts';
import { countOf } from './count-of.ts';
import { scorerText } from './scorer-text.ts';
import { choiceText } from './threshold-text.ts';
import { hasDates, timeText } from './time-text.ts';

/** Tells what a reader of a page must know of how its scores and anomalies came about, a paragraph each. */
export function reportNotes(
  { state, provenance }: Pick<Detector, 'state' | 'provenance'>,
  series: readonly Series[],
  rules: AnomalyOptions,
): string[] {
  const { windows, threshold } = state;
  const made = anomalyRulesText(rules, hasDates(series));
  const trained = provenance.training?.data && trainedText(provenance.training.data, series);
  return [
    `Rows are scored in windows of ${countOf(windows.lookback, 'row')}: ${scorerText(state)}. The threshold is ` +
      `${choiceText(threshold)}.${made ? ` ${made}` : ''}`,
    ...(trained ? [trained] : []),
  ];
}

/** Dates can tell whether rows are of the time that trained; counters begin anew in each table. */
function trainedText(
  { rows, from, to }: { readonly rows: number; readonly from: number | null; readonly to: number | null },
  series: readonly Series[],
): string {
  const told = `The network was trained on ${countOf(rows, 'row')}`;
  if (from === null || to === null || !hasDates(series)) return `${told}.`;
  const write = timeText(series);
  const among = series.some(({ time }) => time[0]! <= to && time.at(-1)! >= from);
  return `${told}, ${write(from)} to ${write(to)}${among ? '; what is found in that time flatters it' : ''}.`;
}

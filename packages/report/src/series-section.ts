import { anomalyTable } from './anomaly-table.ts';
import { chartPair } from './chart-pair.ts';
import { escapeMarkup } from './escape-markup.ts';
import { formatNumber } from './format-number.ts';
import { type Interval, markedIntervals, meets } from './intervals.ts';
import { renderTable } from './report-table.ts';
import { defaultMaxFeatures, type SeriesChartOptions, seriesChart } from './series-chart.ts';
import type { SeriesView } from './series-view.ts';
import { timeAxisOf } from './shared-axis.ts';

/**
 * Writes the section of one series: its charts, and its anomalies as a table for those who would rather read.
 *
 * @param anchor The id of the section in the page.
 */
export function seriesSection(view: SeriesView, anchor: string, options: SeriesChartOptions): string {
  const { id, time, anomalies = [], labels } = view;
  const { format } = timeAxisOf(time, 2, options.timeAxis);
  const known = labels && markedIntervals(time, labels);
  const caption = [
    `${formatNumber(time.length)} rows, ${format(time[0]!)} to ${format(time.at(-1)!)}.`,
    ...leftOut(view, options),
    ...(known?.length ? [`Known anomalies found: ${foundOf(known, anomalies)} of ${known.length}.`] : []),
  ].join(' ');
  return [
    `<section id="${anchor}"><h2>${escapeMarkup(id)}</h2>`,
    `<figure>${chartPair((width) => seriesChart(view, { ...options, width }))}`,
    `<figcaption>${escapeMarkup(caption)}</figcaption></figure>`,
    anomalies.length > 0
      ? `<details><summary>List the anomalies found</summary>${renderTable(anomalyTable(view, format, known))}</details>`
      : '',
    '</section>',
  ].join('');
}

/** Says which features are drawn, where not all are. */
function leftOut(
  { features, anomalies = [] }: SeriesView,
  { maxFeatures = defaultMaxFeatures }: SeriesChartOptions,
): string[] {
  if (features.length <= maxFeatures) return [];
  // Latent units, too, may be blamed.
  const areBlamed = anomalies.some(({ blame }) => blame.some(({ feature }) => features.includes(feature)));
  return [
    `Drawn are ${maxFeatures} of ${features.length} features, the ${areBlamed ? 'most blamed' : 'first'}.`,
  ];
}

function foundOf(known: readonly Interval[], anomalies: readonly Interval[]): number {
  return known.filter((each) => anomalies.some((anomaly) => meets(each, anomaly))).length;
}

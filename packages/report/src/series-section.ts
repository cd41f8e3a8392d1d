import { anomalyTable } from './anomaly-table.ts';
import { chartPair } from './chart-pair.ts';
import { escapeMarkup } from './escape-markup.ts';
import { formatNumber } from './format-number.ts';
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
  const { id, time, features, anomalies = [] } = view;
  const { maxFeatures = defaultMaxFeatures, timeAxis } = options;
  const { format } = timeAxisOf(time, 2, timeAxis);
  const which = anomalies.length > 0 ? 'the most blamed' : 'the first';
  const drawn =
    features.length > maxFeatures
      ? ` Drawn are ${maxFeatures} of ${features.length} features, ${which}.`
      : '';
  const caption = `${formatNumber(time.length)} rows, ${format(time[0]!)} to ${format(time.at(-1)!)}.${drawn}`;
  return [
    `<section id="${anchor}"><h2>${escapeMarkup(id)}</h2>`,
    `<figure>${chartPair((width) => seriesChart(view, { ...options, width }))}`,
    `<figcaption>${escapeMarkup(caption)}</figcaption></figure>`,
    anomalies.length > 0
      ? `<details><summary>List the anomalies found</summary>${renderTable(anomalyTable(id, anomalies, format))}</details>`
      : '',
    '</section>',
  ].join('');
}

import { argumentError, checkKeys } from '@retrace/errors';
import { chartPair } from './chart-pair.ts';
import { escapeMarkup } from './escape-markup.ts';
import { pageStyle } from './page-style.ts';
import { checkReportTable, type ReportTable, renderTable } from './report-table.ts';
import { selfContainedSvg } from './self-contained-svg.ts';
import type { SeriesChartOptions } from './series-chart.ts';
import { seriesSection } from './series-section.ts';
import { checkSeriesView, type SeriesView } from './series-view.ts';
import { trainingChart } from './training-chart.ts';
import { checkHistory, type TrainingEpoch } from './training-epoch.ts';

/** What a report tells, in the order of the page. */
export interface Report {
  readonly title: string;
  /** The figures a reader wants first, such as `['average precision', '0.91']`. */
  readonly summary: readonly (readonly [label: string, value: string])[];
  /** Paragraphs of plain text: what was done, and what to beware of. */
  readonly notes?: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly training?: readonly TrainingEpoch[];
  /** An SVG document of the model, as `diagram` of `@retrace/models` makes it. */
  readonly diagram?: string;
  readonly series: readonly SeriesView[];
  /** The program and its version, for the foot of the page. */
  readonly generatedBy: string;
}

export type HtmlReportOptions = Omit<SeriesChartOptions, 'width'>;

const keys = ['title', 'summary', 'notes', 'tables', 'training', 'diagram', 'series', 'generatedBy'];
const optionKeys = ['panelHeight', 'maxFeatures', 'maxGap', 'timeAxis'];
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * Writes a report as one HTML document that opens without a network: no script, no outside reference, and a
 * content security policy that forbids both. Each chart is there twice, for wide and for narrow screens.
 *
 * The page depends on its arguments alone: the same report is the same text.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` naming the part of the report that is not as it must be.
 */
export function htmlReport(report: Report, options: HtmlReportOptions = {}): string {
  checkReport(report);
  checkKeys('options', options, optionKeys);
  const { title, summary, notes = [], tables, training, diagram, series, generatedBy } = report;
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${escapeMarkup(generatedBy)}">`,
    `<title>${escapeMarkup(title)}</title><style>${pageStyle}</style></head><body><main>`,
    `<h1>${escapeMarkup(title)}</h1>`,
    summaryList(summary),
    notes.length > 0 ? section('Notes', notes.map((note) => `<p>${escapeMarkup(note)}</p>`).join('')) : '',
    ...tables.map((table) => section(table.title, renderTable(table))),
    training === undefined ? '' : section('Training', trainingCharts(training)),
    diagram === undefined
      ? ''
      : section('Model', `<figure class="diagram">${selfContainedSvg('diagram', diagram)}</figure>`),
    series.length > 1 ? section('Series', contents(series)) : '',
    ...series.map((view, index) => seriesSection(view, `series-${index + 1}`, options)),
    `</main><footer>Made by ${escapeMarkup(generatedBy)}. Times are in UTC.</footer></body></html>\n`,
  ].join('\n');
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeMarkup(title)}</h2>${content}</section>`;
}

function trainingCharts(history: readonly TrainingEpoch[]): string {
  return `<figure>${chartPair((width) => trainingChart(history, { width }))}</figure>`;
}

function summaryList(summary: Report['summary']): string {
  if (summary.length === 0) return '';
  const entries = summary.map(
    ([label, value]) => `<div><dt>${escapeMarkup(label)}</dt><dd>${escapeMarkup(value)}</dd></div>`,
  );
  return `<dl>${entries.join('')}</dl>`;
}

function contents(series: readonly SeriesView[]): string {
  const entries = series.map(({ id, anomalies }, index) => {
    const found = anomalies === undefined ? '' : `: ${anomalies.length} found`;
    return `<li><a href="#series-${index + 1}">${escapeMarkup(id)}</a>${found}</li>`;
  });
  return `<ul class="contents">${entries.join('')}</ul>`;
}

function checkReport(report: Report): void {
  checkKeys('report', report, keys);
  const { title, summary, notes = [], tables, training, series, generatedBy } = report;
  if (typeof title !== 'string') throw argumentError('title', 'a string', title);
  if (typeof generatedBy !== 'string') throw argumentError('generatedBy', 'a string', generatedBy);
  for (const [name, list] of Object.entries({ summary, notes, tables, series })) {
    if (!Array.isArray(list)) throw argumentError(name, 'an array', list);
  }
  for (const [index, entry] of summary.entries()) {
    if (Array.isArray(entry) && entry.length === 2 && entry.every((text) => typeof text === 'string'))
      continue;
    throw argumentError(`summary[${index}]`, 'a label and a value, both strings', entry);
  }
  for (const [index, note] of notes.entries()) {
    if (typeof note !== 'string') throw argumentError(`notes[${index}]`, 'a string', note);
  }
  for (const [index, table] of tables.entries()) checkReportTable(`tables[${index}]`, table);
  if (training !== undefined) checkHistory('training', training);
  for (const [index, view] of series.entries()) checkSeriesView(`series[${index}]`, view);
}

import { basename } from 'node:path';
import { diagram } from '@retrace/models';
import type { HtmlReportOptions, Report, SeriesView } from '@retrace/report';
import { commandLineError } from './command-line-error.ts';
import { countOf } from './count-of.ts';
import { type JudgedTables, judgedTotals, networkFigures } from './judge-tables.ts';
import type { JudgedSeries } from './method-figures.ts';
import { metricsTable } from './metrics-table.ts';
import { nearnessTable } from './nearness-table.ts';
import { choiceText, levelText } from './threshold-text.ts';
import { readVersion } from './version.ts';

export interface DetectorReportOptions {
  /** The paths of the tables. */
  readonly tables: readonly string[];
  /** The most series to draw. */
  readonly maxSeries: number;
  /** The unit of each feature of the detector. */
  readonly featureUnits?: readonly string[];
}

/** Composes the page that shows what a detector makes of tables, and the options it is drawn with. */
export function detectorReport(
  { detector, history, judged }: JudgedTables,
  { tables, maxSeries, featureUnits }: DetectorReportOptions,
): { report: Report; options: HtmlReportOptions } {
  const { windows, threshold } = detector.state;
  checkFeatureUnits(featureUnits, detector.features);
  const figures = networkFigures(detector, judged);
  const drawn = mostAnomalous(judged, maxSeries);
  const { rows, anomalies } = judgedTotals(judged);
  const report: Report = {
    title: `Anomalies in ${tables.map((path) => basename(path)).join(', ')}`,
    summary: [
      ['series', String(judged.length)],
      ['rows', rows.toLocaleString('en')],
      ['anomalies', anomalies.toLocaleString('en')],
      ['threshold', levelText(threshold)],
      ...(figures ? [['average precision', ratio(figures.evaluation.averagePrecision)] as const] : []),
    ],
    notes: [
      `The threshold is ${choiceText(threshold)}; windows are ${countOf(windows.lookback, 'row')} long.`,
      ...(drawn.length < judged.length
        ? [`Drawn are the ${drawn.length} of ${judged.length} series with the highest scores.`]
        : []),
    ],
    tables: figures ? [metricsTable([figures], 'Against the labels'), nearnessTable([figures], windows)] : [],
    ...(history && { training: history }),
    diagram: diagram(detector.model.spec),
    series: drawn.map((each) => ({ ...viewOf(each), ...(featureUnits && { units: featureUnits }) })),
    generatedBy: `retrace ${readVersion()}`,
  };
  const { maxGap = Infinity } = windows;
  return { report, options: maxGap < Infinity ? { maxGap } : {} };
}

function checkFeatureUnits(units: readonly string[] | undefined, features: readonly string[]): void {
  if (units === undefined || units.length === features.length) return;
  throw commandLineError(
    `\`--feature-units\` must be ${features.length} units, for ${features.join(', ')}. Received: ${units.join(', ')}.`,
  );
}

/** The series with the highest scores, in the order of the tables. */
function mostAnomalous(judged: readonly JudgedSeries[], count: number): JudgedSeries[] {
  const peaks = judged.map(({ scores }) =>
    scores.scores.reduce((peak, score) => Math.max(peak, score || 0), 0),
  );
  const chosen = new Set([...judged.keys()].sort((a, b) => peaks[b]! - peaks[a]!).slice(0, count));
  return judged.filter((_, index) => chosen.has(index));
}

function viewOf({ series, scores, anomalies }: JudgedSeries): SeriesView {
  const { reconstruction, scores: score, thresholds: threshold } = scores;
  return { ...series, reconstruction, score, threshold, anomalies };
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

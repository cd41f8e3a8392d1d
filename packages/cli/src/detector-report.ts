import { basename } from 'node:path';
import type { Detector } from '@retrace/detector';
import { diagram } from '@retrace/models';
import type { HtmlReportOptions, Report, SeriesView } from '@retrace/report';
import { commandLineError } from './command-line-error.ts';
import { type JudgedTables, judgedTotals, networkFigures } from './judge-tables.ts';
import type { JudgedSeries, MethodFigures } from './method-figures.ts';
import { metricsTable } from './metrics-table.ts';
import { nearnessTable } from './nearness-table.ts';
import { reportNotes } from './report-notes.ts';
import { levelText } from './threshold-text.ts';
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
  { detector, history, judged, rules }: JudgedTables,
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
      ...(figures ? labelSummary(figures) : []),
    ],
    notes: [
      ...reportNotes(
        detector,
        judged.map(({ series }) => series),
        rules,
      ),
      ...(drawn.length < judged.length
        ? [`Drawn are the ${drawn.length} of ${judged.length} series with the highest scores.`]
        : []),
      ...(figures
        ? ['Whether the network pays, beside simple baselines, is told by retrace evaluate --against.']
        : []),
    ],
    tables: figures ? [metricsTable([figures], 'Against the labels'), nearnessTable([figures], windows)] : [],
    ...(history && { training: history }),
    diagram: diagram(detector.model.spec),
    series: drawn.map((each) => ({
      ...viewOf(each, detector),
      ...(featureUnits && { units: featureUnits }),
    })),
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

function viewOf({ series, scores, anomalies }: JudgedSeries, { state }: Detector): SeriesView {
  const { reconstruction, scores: score, thresholds: threshold } = scores;
  const name = state.outputs?.[0] ?? 'reconstruction';
  // What is scored by a latent vector retraces nothing.
  const isDrawn = name === 'reconstruction' || name === 'prediction';
  return {
    ...series,
    ...(isDrawn && { reconstruction, reconstructionName: name }),
    score,
    threshold,
    anomalies,
  };
}

function labelSummary({ evaluation }: MethodFigures): Report['summary'] {
  const { averagePrecision, events, alarmShare } = evaluation;
  return [
    ['events found', `${events.tp} of ${events.tp + events.fn}`],
    ['rows under alarm', alarmShare === null ? '–' : `${(100 * alarmShare).toFixed(1)} %`],
    ['average precision', averagePrecision === null ? '–' : averagePrecision.toFixed(3)],
  ];
}

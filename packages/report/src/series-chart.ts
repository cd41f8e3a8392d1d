import * as Plot from '@observablehq/plot';
import { checkInteger, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { blamedFeatures } from './blamed-features.ts';
import { drawChart } from './chart.ts';
import { formatNumber } from './format-number.ts';
import { markedIntervals } from './intervals.ts';
import type { LegendEntry } from './legend.ts';
import { markingPanels, visible } from './markings.ts';
import type { Panel } from './panel.ts';
import { sampleExtremes } from './sample-extremes.ts';
import { scoreAxis } from './score-axis.ts';
import { checkSeriesView, type SeriesView } from './series-view.ts';
import { type SharedAxis, timeAxisOf } from './shared-axis.ts';
import { thresholdLevels } from './threshold-levels.ts';
import { extent, linearAxis } from './value-axis.ts';

export interface SeriesChartOptions {
  /** Pixels; default 960, at least 240. */
  readonly width?: number;
  /** Pixels of the frame of one feature; default 96, at least 40. */
  readonly panelHeight?: number;
  /** How many features to draw, up to 64; default 8. Of more, those most blamed for the anomalies are drawn. */
  readonly maxFeatures?: number;
  /** The longest step, in units of `time`, that a line bridges; default any. */
  readonly maxGap?: number;
  /** What `time` counts; default `'date'`, milliseconds since the epoch, if it begins at 1e11 or later. */
  readonly timeAxis?: 'date' | 'rows';
}

/** How many features {@link seriesChart} draws where it is not told. */
export const defaultMaxFeatures = 8;

const keys = ['width', 'panelHeight', 'maxFeatures', 'maxGap', 'timeAxis'];
// What a chart may take, and what its panels and the points of its curves take, in bytes: it stays under 300 kB.
const size = { chart: 250_000, panel: 3_000, point: 12.5 };

/**
 * Draws one series: each feature with its reconstruction over it, the score with its threshold, and the
 * anomalies, those found shaded, and in rows of their own those found and those known.
 *
 * A curve longer than the chart is wide keeps the extremes and the breaks of every pixel.
 *
 * @returns An SVG document without script that brings its own style, for light and dark schemes.
 * @throws `RETRACE_INVALID_ARGUMENT` for a view that cannot be drawn and for an unknown or impossible option.
 */
export function seriesChart(view: SeriesView, options: SeriesChartOptions = {}): string {
  checkKeys('options', options, keys);
  const {
    width = 960,
    panelHeight = 96,
    maxFeatures = defaultMaxFeatures,
    maxGap = Number.MAX_VALUE,
    timeAxis,
  } = options;
  checkInteger('width', width, { min: 240, max: 10_000 });
  checkInteger('panelHeight', panelHeight, { min: 40, max: 2_000 });
  checkInteger('maxFeatures', maxFeatures, { min: 1, max: 64 });
  checkNumber('maxGap', maxGap, { min: 0 });
  if (timeAxis !== undefined) checkOneOf('timeAxis', timeAxis, ['date', 'rows']);
  checkSeriesView('view', view);

  const { time, features, values, reconstruction, score, threshold, anomalies, labels } = view;
  const x = timeAxisOf(time, Math.max(2, Math.floor(width / 90)), timeAxis);
  const tickCount = Math.min(6, Math.max(2, Math.round(panelHeight / 24)));
  const known = labels && markedIntervals(time, labels);
  const columns = blamedFeatures(features, anomalies ?? [], maxFeatures);
  const levels = thresholdLevels(threshold);
  const curves = columns.length * (reconstruction ? 2 : 1) + (levels.length > 1 ? 2 : 1);
  const pointsPerCurve = (size.chart - columns.length * size.panel) / size.point / curves;
  const sampling = { columns: Math.min(width, Math.floor(pointsPerCurve / 2)), maxGap };
  const curve = (ordinates: ArrayLike<number>, className: string): Plot.Markish => {
    const sample = sampleExtremes(time, ordinates, sampling);
    return Plot.lineY(sample.values, { x: sample.time, y: sample.values, className });
  };

  const panels: Panel[] = columns.map((column) => {
    const actual = columnOf(values, column, features.length);
    const retraced = reconstruction && columnOf(reconstruction, column, features.length);
    const range = extent(actual, retraced ?? []);
    return {
      heading: `${nameOf(view, column)}${range ? '' : ': no values'}`,
      height: panelHeight,
      y: linearAxis(range, tickCount),
      marks: [curve(actual, 'rt-value'), retraced ? curve(retraced, 'rt-reconstruction') : null],
    };
  });
  if (score) {
    const { axis, floor } = scoreAxis(score, levels, tickCount);
    const above = (values: ArrayLike<number>) => Float64Array.from(values, (value) => Math.max(value, floor));
    panels.push({
      heading: axis.type === 'log' ? 'score (logarithmic)' : 'score',
      height: panelHeight,
      y: axis,
      marks: [
        curve(above(score), 'rt-score'),
        levels.length > 1
          ? curve(above(levels), 'rt-threshold')
          : Plot.ruleY(levels, { className: 'rt-threshold' }),
      ],
    });
  }
  panels.push(...markingPanels({ found: anomalies, known }, x, width));
  return drawChart({
    label: description(view, x, known?.length),
    width,
    x,
    legend: legendOf(view),
    shaded: visible(anomalies ?? [], x, width),
    panels,
  });
}

function columnOf(cells: ArrayLike<number>, column: number, width: number): Float64Array {
  return Float64Array.from({ length: cells.length / width }, (_, row) => cells[row * width + column]!);
}

function nameOf({ features, units }: SeriesView, column: number): string {
  const unit = units?.[column];
  return unit ? `${features[column]} (${unit})` : features[column]!;
}

function legendOf(view: SeriesView): LegendEntry[] {
  const { reconstruction, reconstructionName = 'reconstruction', score, threshold, anomalies, labels } = view;
  const entries: LegendEntry[] = [{ className: 'rt-value', shape: 'line', text: 'measured' }];
  if (reconstruction)
    entries.push({ className: 'rt-reconstruction', shape: 'line', text: reconstructionName });
  const [level, ...more] = Array.from(thresholdLevels(threshold));
  if (score && level !== undefined) {
    const text = more.length > 0 ? 'threshold' : `threshold ${formatNumber(level)}`;
    entries.push({ className: 'rt-threshold', shape: 'line', text });
  }
  if (anomalies) entries.push({ className: 'rt-found', shape: 'area', text: 'anomaly found' });
  if (labels) entries.push({ className: 'rt-known', shape: 'area', text: 'anomaly known' });
  return entries;
}

function description(view: SeriesView, { format }: SharedAxis, known: number | undefined): string {
  const { id, time, features, anomalies } = view;
  const parts = [
    features.join(', '),
    `${time.length} rows, ${format(time[0]!)} to ${format(time.at(-1)!)}`,
    ...(anomalies ? [`${anomalies.length} ${anomalies.length === 1 ? 'anomaly' : 'anomalies'} found`] : []),
    ...(known === undefined ? [] : [`${known} known`]),
  ];
  return `Series ${id}: ${parts.join('; ')}`;
}

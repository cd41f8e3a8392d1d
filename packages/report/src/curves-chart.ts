import * as Plot from '@observablehq/plot';
import { checkInteger, checkKeys } from '@retrace/errors';
import { drawChart } from './chart.ts';
import { curveMarker } from './curve-marker.ts';
import { type CurvePoint, type Curves, checkCurves } from './curves.ts';
import { namedAxis } from './shared-axis.ts';
import { extent, linearAxis, logAxis } from './value-axis.ts';

export interface CurvesChartOptions {
  /** Pixels; default 720, at least 240. */
  readonly width?: number;
  /** Pixels of the frame; default 260, at least 40. */
  readonly panelHeight?: number;
}

/** What curves keep apart at one tick, as a share of the way to the next. */
const apart = 0.05;

/**
 * Draws a quantity over a parameter, a curve for each setting of what else was tried, with bars of one spread up and down.
 *
 * The vertical axis is logarithmic where all values and bars are positive and the highest is over ten times the lowest.
 *
 * @returns An SVG document, as `seriesChart` makes them.
 * @throws `RETRACE_INVALID_ARGUMENT` for curves that cannot be drawn, more than 36 of them, and for options.
 */
export function curvesChart(drawn: Curves, options: CurvesChartOptions = {}): string {
  checkKeys('options', options, ['width', 'panelHeight']);
  const { width = 720, panelHeight = 260 } = options;
  checkInteger('width', width, { min: 240, max: 10_000 });
  checkInteger('panelHeight', panelHeight, { min: 40, max: 2_000 });
  checkCurves('curves', drawn);

  const { x, y, ticks, curves } = drawn;
  const points = curves.flatMap(({ points }) => points);
  const range = extent(points.map(lowEnd), points.map(highEnd))!;
  const logarithmic = range[0] > 1e-280 && range[1] > 10 * range[0];
  const hasSpread = points.some(({ spread }) => spread);
  const notes = [logarithmic ? 'logarithmic' : '', hasSpread ? 'bars: ± spread' : ''].filter(Boolean);
  const summary = curves.map(({ name }) => name || y).join('; ');
  return drawChart({
    label: `${y} over ${x} (${ticks.join(', ')}): ${summary}`,
    width,
    x: namedAxis(ticks, x, width - 80),
    legend: curves.flatMap(({ name }, index) => {
      const { className, corners } = curveMarker(index);
      return name === '' ? [] : [{ className, shape: 'line' as const, marker: corners, text: name }];
    }),
    panels: [
      {
        heading: notes.length > 0 ? `${y} (${notes.join('; ')})` : y,
        height: panelHeight,
        y: logarithmic ? logAxis(range) : linearAxis(range, 6),
        marks: curves.flatMap(({ points }, index) => {
          const shift = (index - (curves.length - 1) / 2) * Math.min(apart, 0.6 / curves.length);
          return curveMarks(points, index, shift);
        }),
      },
    ],
  });
}

function curveMarks(points: readonly CurvePoint[], index: number, shift: number): Plot.Markish[] {
  const { className, corners } = curveMarker(index);
  const symbol = {
    draw(path: {
      moveTo(x: number, y: number): void;
      lineTo(x: number, y: number): void;
      closePath(): void;
    }) {
      path.moveTo(...corners[0]!);
      for (const corner of corners.slice(1)) path.lineTo(...corner);
      path.closePath();
    },
  };
  const x = (point: CurvePoint): number => point.tick + shift;
  const barred = points.filter(({ spread }) => spread);
  return [
    Plot.ruleX(barred, { x, y1: lowEnd, y2: highEnd, className, strokeOpacity: 0.55 }),
    Plot.line(points, { x, y: 'value', className }),
    Plot.dot(points, { x, y: 'value', symbol, fill: 'currentColor', className }),
  ];
}

function lowEnd({ value, spread }: CurvePoint): number {
  return value - (spread ?? 0);
}

function highEnd({ value, spread }: CurvePoint): number {
  return value + (spread ?? 0);
}

import * as Plot from '@observablehq/plot';
import { checkInteger, checkKeys } from '@retrace/errors';
import { drawChart } from './chart.ts';
import { formatNumber } from './format-number.ts';
import type { LegendEntry } from './legend.ts';
import { sampleExtremes } from './sample-extremes.ts';
import { countAxis } from './shared-axis.ts';
import { checkHistory, type TrainingEpoch } from './training-epoch.ts';
import { extent, linearAxis, logAxis, type ValueAxis } from './value-axis.ts';

export interface TrainingChartOptions {
  /** Pixels; default 960, at least 240. */
  readonly width?: number;
  /** Pixels of the frame; default 220, at least 40. */
  readonly panelHeight?: number;
}

/**
 * Draws the loss over the epochs, and the validation loss with its lowest point marked; below them the norm of the
 * gradients and the learning rate, where the history has them, the rate only where it changes.
 *
 * A vertical axis is logarithmic where all numbers are positive and the highest is over ten times the lowest.
 * An epoch whose number is not finite breaks the line.
 *
 * @returns An SVG document, as `seriesChart` makes them.
 * @throws `RETRACE_INVALID_ARGUMENT` for an empty history, for epochs that do not ascend and for options.
 */
export function trainingChart(history: readonly TrainingEpoch[], options: TrainingChartOptions = {}): string {
  checkKeys('options', options, ['width', 'panelHeight']);
  const { width = 960, panelHeight = 220 } = options;
  checkInteger('width', width, { min: 240, max: 10_000 });
  checkInteger('panelHeight', panelHeight, { min: 40, max: 2_000 });
  checkHistory('history', history);

  const epochs = history.map(({ epoch }) => epoch);
  const columnOf = (name: keyof TrainingEpoch) => history.map((entry) => drawable(entry[name] ?? Number.NaN));
  const curve = (ordinates: readonly number[], className: string): Plot.Markish => {
    const sample = sampleExtremes(epochs, ordinates, { columns: width });
    return Plot.lineY(sample.values, { x: sample.time, y: sample.values, className });
  };
  const [losses, validation] = [columnOf('loss'), columnOf('validationLoss')];
  const lowest = extent(validation)?.[0];
  const best = lowest === undefined ? undefined : epochs[validation.indexOf(lowest)]!;

  const legend: LegendEntry[] = [{ className: 'rt-loss', shape: 'line', text: 'training loss' }];
  if (lowest !== undefined) {
    const where = `validation loss, lowest ${formatNumber(lowest)} in epoch ${best}`;
    legend.push({ className: 'rt-validation', shape: 'line', text: where });
  }
  const [norms, rates] = [columnOf('gradientNorm'), columnOf('learningRate')];
  const [normRange, rateRange] = [extent(norms), extent(rates)];
  const lower = Math.max(40, Math.round(panelHeight * 0.45));
  return drawChart({
    label: `Loss over ${history.length} ${history.length === 1 ? 'epoch' : 'epochs'}: ${legend.map(({ text }) => text).join('; ')}`,
    width,
    x: countAxis([epochs[0]!, epochs.at(-1)!], Math.max(2, Math.floor(width / 90)), 'epoch'),
    legend,
    panels: [
      {
        ...axisOf('loss', extent(losses, validation), 6),
        height: panelHeight,
        marks: [
          curve(losses, 'rt-loss'),
          curve(validation, 'rt-validation'),
          lowest === undefined
            ? null
            : Plot.dot([best], { x: [best], y: [lowest], r: 4, className: 'rt-best' }),
        ],
      },
      ...(normRange
        ? [{ ...axisOf('gradient norm', normRange), height: lower, marks: [curve(norms, 'rt-norm')] }]
        : []),
      ...(rateRange && rateRange[0] < rateRange[1]
        ? [{ ...axisOf('learning rate', rateRange), height: lower, marks: [curve(rates, 'rt-rate')] }]
        : []),
    ],
  });
}

/** The heading and the vertical axis of numbers of a range. */
function axisOf(
  name: string,
  range: ReturnType<typeof extent>,
  count?: number,
): { readonly heading: string; readonly y: ValueAxis } {
  const spread = range !== undefined && range[0] > 1e-280 && range[1] > 10 * range[0];
  return spread
    ? { heading: `${name} (logarithmic)`, y: logAxis(range) }
    : { heading: name, y: linearAxis(range, count) };
}

function drawable(value: number): number {
  return Math.abs(value) <= 1e300 ? value : Number.NaN;
}

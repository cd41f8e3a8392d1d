import * as Plot from '@observablehq/plot';
import { checkInteger, checkKeys } from '@retrace/errors';
import { drawChart } from './chart.ts';
import { formatNumber } from './format-number.ts';
import type { LegendEntry } from './legend.ts';
import { sampleExtremes } from './sample-extremes.ts';
import { countAxis } from './shared-axis.ts';
import { checkHistory, type TrainingEpoch } from './training-epoch.ts';
import { extent, linearAxis, logAxis } from './value-axis.ts';

export interface TrainingChartOptions {
  /** Pixels; default 960, at least 240. */
  readonly width?: number;
  /** Pixels of the frame; default 220, at least 40. */
  readonly panelHeight?: number;
}

/**
 * Draws the loss over the epochs, and the validation loss with its lowest point marked.
 *
 * The vertical axis is logarithmic where all losses are positive and the highest is over ten times the lowest.
 * An epoch whose loss is not finite breaks the line.
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
  const losses = history.map(({ loss }) => drawable(loss));
  const validation = history.map(({ validationLoss = Number.NaN }) => drawable(validationLoss));
  const range = extent(losses, validation);
  const spread = range !== undefined && range[0] > 1e-280 && range[1] > 10 * range[0];
  const curve = (ordinates: readonly number[], className: string): Plot.Markish => {
    const sample = sampleExtremes(epochs, ordinates, { columns: width });
    return Plot.lineY(sample.values, { x: sample.time, y: sample.values, className });
  };
  const lowest = extent(validation)?.[0];
  const best = lowest === undefined ? undefined : epochs[validation.indexOf(lowest)]!;

  const legend: LegendEntry[] = [{ className: 'rt-loss', shape: 'line', text: 'training loss' }];
  if (lowest !== undefined) {
    const where = `validation loss, lowest ${formatNumber(lowest)} in epoch ${best}`;
    legend.push({ className: 'rt-validation', shape: 'line', text: where });
  }
  return drawChart({
    label: `Loss over ${history.length} ${history.length === 1 ? 'epoch' : 'epochs'}: ${legend.map(({ text }) => text).join('; ')}`,
    width,
    x: countAxis([epochs[0]!, epochs.at(-1)!], Math.max(2, Math.floor(width / 90)), 'epoch'),
    legend,
    panels: [
      {
        heading: spread ? 'loss (logarithmic)' : 'loss',
        height: panelHeight,
        y: spread ? logAxis(range) : linearAxis(range, 6),
        marks: [
          curve(losses, 'rt-loss'),
          curve(validation, 'rt-validation'),
          lowest === undefined
            ? null
            : Plot.dot([best], { x: [best], y: [lowest], r: 4, className: 'rt-best' }),
        ],
      },
    ],
  });
}

function drawable(loss: number): number {
  return Math.abs(loss) <= 1e300 ? loss : Number.NaN;
}

import * as Plot from '@observablehq/plot';
import type { Anomaly } from '@retrace/scoring';
import { blameText } from './blame-text.ts';
import { printable } from './escape-markup.ts';
import { formatNumber } from './format-number.ts';
import { type DrawnInterval, drawnIntervals, type Interval } from './intervals.ts';
import type { Panel } from './panel.ts';
import type { SharedAxis } from './shared-axis.ts';

/** What is marked on the time axis: the anomalies found and those known; undefined where nobody looked. */
export interface Markings {
  readonly found: readonly Anomaly[] | undefined;
  readonly known: readonly Interval[] | undefined;
}

const rowHeight = 18;

/** Makes intervals fit to draw in a chart of `width` pixels, each at least two of them wide. */
export function visible<T extends Interval>(
  items: readonly T[],
  { domain: [low, high] }: SharedAxis,
  width: number,
): DrawnInterval<T>[] {
  return drawnIntervals(items, [low, high], (2 * (high - low)) / width);
}

/** Makes the panel that has one row for what was found and one for what is known, or none of either. */
export function markingPanels({ found, known }: Markings, x: SharedAxis, width: number): Panel[] {
  const rows = [...(found ? ['found'] : []), ...(known ? ['known'] : [])];
  if (rows.length === 0) return [];
  const across = { x1: 'start', x2: 'end', insetTop: 3, insetBottom: 3 };
  return [
    {
      height: rows.length * rowHeight,
      y: { rows },
      marks: [
        found
          ? Plot.barX(visible(found, x, width), {
              ...across,
              y: () => 'found',
              title: ({ items }: { items: Anomaly[] }) => tooltip(items, x),
              className: 'rt-found-row',
            })
          : null,
        known
          ? Plot.barX(visible(known, x, width), {
              ...across,
              y: () => 'known',
              title: ({ start, end }: Interval) => `known: ${x.format(start)} to ${x.format(end)}`,
              className: 'rt-known',
            })
          : null,
      ],
    },
  ];
}

function tooltip(anomalies: readonly Anomaly[], x: SharedAxis): string {
  const worst = anomalies.reduce((a, b) => (b.peak > a.peak ? b : a));
  const many = anomalies.length > 1 ? `the highest of ${anomalies.length} anomalies here, ` : '';
  const span = `${x.format(worst.start)} to ${x.format(worst.end)}`;
  return printable(`${many}${span}: peak ${formatNumber(worst.peak)}; ${blameText(worst)}`);
}

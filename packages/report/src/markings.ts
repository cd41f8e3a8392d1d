import * as Plot from '@observablehq/plot';
import type { Anomaly } from '@retrace/scoring';
import { blameText } from './blame-text.ts';
import { formatNumber } from './format-number.ts';
import { drawnIntervals, type Interval } from './intervals.ts';
import type { Panel } from './panel.ts';
import type { SharedAxis } from './shared-axis.ts';

/** What is marked on the time axis: the anomalies found and those known; undefined where nobody looked. */
export interface Markings {
  readonly found: readonly Anomaly[] | undefined;
  readonly known: readonly Interval[] | undefined;
}

const rowHeight = 18;

/** Shades the time of the anomalies over the whole height of a panel. */
export function shading(anomalies: readonly Anomaly[], x: SharedAxis, width: number): Plot.Markish {
  return Plot.rectX(drawn(anomalies, x, width), { x1: 'start', x2: 'end', className: 'rt-found' });
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
          ? Plot.barX(drawn(found, x, width), {
              ...across,
              y: () => 'found',
              title: ({ items }: { items: Anomaly[] }) => tooltip(items, x),
              className: 'rt-found-row',
            })
          : null,
        known
          ? Plot.barX(drawn(known, x, width), {
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

function drawn<T extends Interval>(items: readonly T[], { domain }: SharedAxis, width: number) {
  return drawnIntervals(items, domain, (2 * (domain[1] - domain[0])) / width);
}

function tooltip(anomalies: readonly Anomaly[], x: SharedAxis): string {
  const worst = anomalies.reduce((a, b) => (b.peak > a.peak ? b : a));
  const many = anomalies.length > 1 ? `the highest of ${anomalies.length} anomalies here, ` : '';
  const span = `${x.format(worst.start)} to ${x.format(worst.end)}`;
  return `${many}${span}: peak ${formatNumber(worst.peak)}; ${blameText(worst)}`;
}

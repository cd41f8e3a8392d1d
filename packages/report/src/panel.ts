import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { clippedHeading } from './clipped-heading.ts';
import type { SharedAxis } from './shared-axis.ts';
import type { ValueAxis } from './value-axis.ts';

/** One strip of a chart: a heading, a vertical axis or named rows, and what is drawn between them. */
export interface Panel {
  readonly heading?: string;
  /** Pixels of the frame, without the heading. */
  readonly height: number;
  readonly y: ValueAxis | { readonly rows: readonly string[] };
  readonly marks: readonly Plot.Markish[];
}

/** The widths, in pixels, that the panels of a chart share: the whole, and what is left beside the frame. */
export interface Frame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
}

const gap = 8;
const headingHeight = 20;

/** Draws a panel as SVG markup, its upper left corner at the origin and its frame from `top` to `height`. */
export function drawPanel(
  { heading, height: frameHeight, y, marks }: Panel,
  x: SharedAxis,
  { width, left, right }: Frame,
): { markup: string; height: number; top: number } {
  const top = gap + (heading === undefined ? 0 : headingHeight);
  const height = top + frameHeight;
  const { document } = parseHTML('<html></html>');
  const plot = Plot.plot({
    document,
    width,
    height,
    marginTop: top,
    marginRight: right,
    marginBottom: 0,
    marginLeft: left,
    x: { type: x.type, domain: x.domain, axis: null },
    y:
      'rows' in y
        ? { type: 'band', domain: y.rows, axis: null }
        : { type: y.type, domain: y.domain, axis: null },
    marks: [
      Plot.ruleX(x.ticks, { className: 'rt-grid' }),
      'rows' in y ? null : Plot.ruleY(y.ticks, { className: 'rt-grid' }),
      ...marks,
      Plot.frame({ className: 'rt-frame' }),
      valueLabels(y),
    ],
  });
  for (const style of plot.querySelectorAll('style')) style.remove();
  for (const path of plot.querySelectorAll('path')) {
    path.setAttribute('d', tenths(path.getAttribute('d') ?? ''));
  }
  const title = heading === undefined ? '' : clippedHeading(heading, { y: top - 9, width });
  return { markup: title + plot.innerHTML, height, top };
}

function valueLabels(y: Panel['y']): Plot.Markish {
  const [values, text] = 'rows' in y ? [y.rows, y.rows] : [y.ticks, y.labels];
  return Plot.text(values, {
    y: Plot.identity,
    text: [...text],
    frameAnchor: 'left',
    textAnchor: 'end',
    dx: -7,
    className: 'rt-tick',
  });
}

/** Cuts the coordinates of a path to a tenth of a pixel: what eyes can tell, in half the bytes. */
function tenths(path: string): string {
  return path.replace(/(\.\d)\d+/g, '$1');
}

import * as fc from 'fast-check';
import { DOMParser } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { markupFaults } from '../fixtures/well-formed.ts';
import type { Curves } from './curves.ts';
import { type CurvesChartOptions, curvesChart } from './curves-chart.ts';

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
const point = (tick: number, value: number, spread: number | null = null) => ({ tick, value, spread });
const curves: Curves = {
  x: 'lookback',
  y: 'validation loss',
  ticks: ['10', '20', '40'],
  curves: [
    { name: 'units 8', points: [point(0, 0.4, 0.05), point(1, 0.3, 0.02), point(2, 0.2)] },
    { name: 'units 64', points: [point(0, 0.2), point(2, 0.1)] },
  ],
};
/** The pixels from the top of what a path or a line begins at, as drawn. */
const heightOf = (element: Element) =>
  Number(/translate\([^,]+,([^)]+)\)/.exec(element.getAttribute('transform')!)![1]);

describe('curvesChart(curves)', () => {
  it('draws a line and a marker a point of each curve, in its class, and a bar for each spread', () => {
    const chart = curvesChart(curves);
    expect(markupFaults(chart)).toEqual([]);
    const root = parse(chart);
    const dots = (k: number) => root.querySelectorAll(`g.rt-curve-${k}[aria-label=dot] path`);
    expect([dots(0).length, dots(1).length]).toEqual([3, 2]);
    expect(root.querySelectorAll('g[aria-label=line] path')).toHaveLength(2);
    expect(root.querySelectorAll('g.rt-curve-0[aria-label=rule] line')).toHaveLength(2);
    expect(root.querySelectorAll('g.rt-curve-1[aria-label=rule] line')).toHaveLength(0);
    expect(root.getAttribute('aria-label')).toBe(
      'validation loss over lookback (10, 20, 40): units 8; units 64',
    );
    expect(root.querySelector('.rt-heading')!.textContent).toBe('validation loss (bars: ± spread)');
    expect(chart).toMatch(/>10<.*>20<.*>40<.*>lookback</);
  });

  it('puts larger values higher', () => {
    const [high, middle, low] = [
      ...parse(curvesChart(curves)).querySelectorAll('g.rt-curve-0[aria-label=dot] path'),
    ];
    expect(heightOf(high!)).toBeLessThan(heightOf(middle!));
    expect(heightOf(middle!) - heightOf(high!)).toBeCloseTo(heightOf(low!) - heightOf(middle!), 0);
  });

  it('takes a logarithmic axis where values span over a factor of ten and no bar reaches 0', () => {
    const wide = (spread: number | null): Curves => ({
      ...curves,
      curves: [{ name: '', points: [point(0, 0.01, spread), point(1, 1)] }],
    });
    const heading = (drawn: Curves) => parse(curvesChart(drawn)).querySelector('.rt-heading')!.textContent;
    expect(heading(wide(null))).toBe('validation loss (logarithmic)');
    expect(heading(wide(0.005))).toBe('validation loss (logarithmic; bars: ± spread)');
    expect(heading(wide(0.02))).toBe('validation loss (bars: ± spread)');
  });

  it('gives 36 curves 36 looks', () => {
    const many = Array.from({ length: 36 }, (_, k) => ({ name: `curve ${k}`, points: [point(0, k)] }));
    const root = parse(curvesChart({ ...curves, curves: many }));
    const looks = [...root.querySelectorAll('g[aria-label=dot]')].map(
      (group) => group.getAttribute('class')! + group.querySelector('path')!.getAttribute('d'),
    );
    expect(new Set(looks).size).toBe(36);
  });

  it('leaves names out of an axis that has no room for them', () => {
    const ticks = Array.from({ length: 60 }, (_, k) => `value ${k}`);
    const shown = parse(curvesChart({ ...curves, ticks }, { width: 400 })).querySelectorAll(
      'g.rt-tick tspan',
    );
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.length).toBeLessThan(10);
  });

  it('is well-formed, whatever the names and the numbers', () => {
    const value = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, fc.array(value, { minLength: 1, maxLength: 5 }), (x, name, values) => {
        const points = values.map((each, tick) => point(tick, each, Math.abs(each)));
        const ticks = values.map((_, k) => `${x}${k}`);
        const chart = curvesChart({ x, y: name, ticks, curves: [{ name, points }] });
        expect(markupFaults(chart)).toEqual([]);
        expect(chart).not.toMatch(/NaN|Infinity/);
      }),
      { numRuns: 100 },
    );
  });

  const [first] = curves.curves as [Curves['curves'][number]];
  const withPoint = (wrong: object) => ({
    ...curves,
    curves: [{ name: '', points: [{ ...first.points[0], ...wrong }] }],
  });
  it.each<[RegExp, unknown, object?]>([
    [/`curves` must be an object/, undefined],
    [/`curves\.x` must be a string/, { ...curves, x: 1 }],
    [/`curves\.y` must be a string/, { ...curves, y: undefined }],
    [/`curves\.ticks` must be an array of at least one/, { ...curves, ticks: [] }],
    [/`curves\.ticks\[0\]` must be a string/, { ...curves, ticks: [1] }],
    [/`curves\.curves` must be an array of at least one/, { ...curves, curves: [] }],
    [/`curves\.curves` must be at most 36 curves/, { ...curves, curves: Array(37).fill(first) }],
    [/`curves\.curves\[0\]\.name` must be a string/, { ...curves, curves: [{ points: [] }] }],
    [/`curves\.curves\[0\]\.points` must be an array/, { ...curves, curves: [{ name: '', points: [] }] }],
    [/points\[0\]\.tick` must be an integer from 0 to 2/, withPoint({ tick: 3 })],
    [
      /points\[1\]\.tick` must be an integer from 2/,
      { ...curves, curves: [{ ...first, points: first.points.toReversed() }] },
    ],
    [/points\[0\]\.value` must be a finite number/, withPoint({ value: Number.NaN })],
    [/points\[0\]\.spread` must be a finite number/, withPoint({ spread: -1 })],
    [/`options` must be an object without unknown keys/, curves, { height: 3 }],
    [/`width` must be an integer/, curves, { width: 1.5 }],
  ])('refuses with %s', (message, wrong, options = {}) => {
    expect(() => curvesChart(wrong as Curves, options as CurvesChartOptions)).toThrow(message);
  });
});

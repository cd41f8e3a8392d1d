import { isRetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { DOMParser } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { exampleView } from '../fixtures/example-view.ts';
import { markupFaults } from '../fixtures/well-formed.ts';
import { type SeriesChartOptions, seriesChart } from './series-chart.ts';
import type { SeriesView } from './series-view.ts';

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
const texts = (svg: string, selector: string) =>
  [...parse(svg).querySelectorAll(selector)].map((element) => element.textContent);
/** The coordinates of the first curve of a class, one list for each unbroken stretch. */
const stretches = (svg: string, className: string): [number, number][][] => {
  const path = parse(svg).querySelector(`g.${className}[aria-label="line"] > path`)!.getAttribute('d')!;
  const coordinates = (point: string) => point.split(',').map(Number) as [number, number];
  const parts: string[] = path.replaceAll('Z', '').split('M').slice(1);
  return parts.map((part) => part.split('L').map(coordinates));
};

describe('seriesChart', () => {
  const view = exampleView();
  const chart = seriesChart(view);

  it('is well-formed XML that names itself and brings its style', () => {
    expect(markupFaults(chart)).toEqual([]);
    const root = parse(chart);
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-label')).toBe(
      'Series pump-3: flow, motor current, vibration, bearing temperature; 1500 rows, ' +
        '2024-03-01 05:00 to 2024-03-02 10:59; 1 anomaly found; 1 known',
    );
    expect(chart).toContain('prefers-color-scheme:dark');
    expect(chart).not.toMatch(/<script|NaN|undefined|Infinity/);
  });

  it('heads each panel with its feature and unit, and labels time in UTC', () => {
    expect(texts(chart, '.rt-heading')).toEqual([
      'flow (m³/h)',
      'motor current (A)',
      'vibration (mm/s)',
      'bearing temperature (°C)',
      'score',
    ]);
    expect(texts(chart, '.rt-label')).toEqual(['time (UTC)']);
    expect(texts(chart, 'text')).toEqual(
      expect.arrayContaining([
        'measured',
        'reconstruction',
        'threshold 1.2',
        'anomaly found',
        'anomaly known',
      ]),
    );
  });

  it('calls what is drawn over the measured values by its name', () => {
    const forecast = seriesChart({ ...view, reconstructionName: 'prediction' });
    expect(texts(forecast, 'text')).toContain('prediction');
    expect(texts(forecast, 'text')).not.toContain('reconstruction');
  });

  it('shades what was found behind all panels, and marks found and known in rows of their own', () => {
    const root = parse(chart);
    expect(root.querySelectorAll('g.rt-found > g > rect')).toHaveLength(1);
    expect(root.querySelectorAll('g.rt-found-row > rect')).toHaveLength(1);
    expect(texts(chart, 'g.rt-found-row title')).toEqual([
      '2024-03-02 03:30 to 2024-03-02 04:44: peak 4.2; vibration\u00A061\u00A0%, flow\u00A039\u00A0%',
    ]);
    expect(texts(chart, 'g.rt-known title')).toEqual(['known: 2024-03-02 03:25 to 2024-03-02 04:39']);
  });

  it('draws a threshold that moves as a curve, and one that is the same for all rows as it draws a number', () => {
    const rows = view.time.length;
    const moving = { ...view, threshold: Float64Array.from({ length: rows }, (_, row) => 1 + row / rows) };
    const drawn = seriesChart(moving);
    const [curve] = stretches(drawn, 'rt-threshold');
    expect(curve!.at(-1)![1]).toBeLessThan(curve![0]![1]);
    expect(texts(drawn, 'text')).toContain('threshold');
    expect(seriesChart({ ...view, threshold: new Float64Array(rows).fill(1.2) })).toBe(chart);
  });

  it('draws a value where its axis says it is', () => {
    const plain: SeriesView = {
      id: 'a',
      time: Float64Array.of(0, 1, 2),
      features: ['x'],
      values: Float64Array.of(0, 10, 5),
    };
    const [[low, high, middle]] = stretches(
      seriesChart(plain, { width: 300, panelHeight: 100 }),
      'rt-value',
    ) as [[number, number][]];
    // The domain is the extent and 6 % at either end; a path is cut to a tenth of a pixel.
    expect(low![1] - high![1]).toBeCloseTo(100 / 1.12, 0);
    expect(middle![1]).toBeCloseTo((low![1] + high![1]) / 2, 0);
    expect(high![0]).toBeCloseTo((low![0] + middle![0]) / 2, 0);
  });

  it('breaks the lines at missing values, and at steps beyond maxGap only where that is given', () => {
    const values = view.values.slice();
    for (let row = 200; row < 240; row++) values[row * 4] = Number.NaN;
    const gapped = { ...view, values };
    expect(stretches(seriesChart(gapped), 'rt-value')).toHaveLength(2);
    expect(stretches(seriesChart(gapped), 'rt-reconstruction')).toHaveLength(1);
    expect(stretches(seriesChart(gapped, { maxGap: 3_600_000 }), 'rt-value')).toHaveLength(3);
  });

  it('shows a single row between missing ones, and a single row of anomaly', () => {
    const time = Float64Array.from({ length: 1000 }, (_, row) => row);
    const values = new Float64Array(1000).fill(Number.NaN);
    values[500] = 3;
    const labels = Uint8Array.from(time, (row) => Number(row === 500));
    const svg = seriesChart({ id: 'a', time, features: ['x'], values, labels });
    expect(stretches(svg, 'rt-value').map(({ length }) => length)).toEqual([1]);
    expect(Number(parse(svg).querySelector('g.rt-known > rect')!.getAttribute('width'))).toBeGreaterThan(1);
  });

  it('keeps a spike of one row in two hundred thousand, in under 300 kB', () => {
    const rows = 200_000;
    const spiky = new Float64Array(rows);
    spiky[77_777] = 40;
    const long = seriesChart({
      id: 'long',
      time: Float64Array.from(spiky, (_, row) => row),
      features: ['x'],
      values: spiky,
    });
    const heights = stretches(long, 'rt-value')
      .flat()
      .map(([, y]) => y);
    expect(Math.max(...heights) - Math.min(...heights)).toBeCloseTo(96 / 1.12, 0);
    expect(long.length).toBeLessThan(300_000);
  });

  it('stays under 300 kB with many features of noise and with anomalies all along', () => {
    const rows = 3_000;
    const features = Array.from({ length: 64 }, (_, index) => `f${index}`);
    const time = Float64Array.from({ length: rows }, (_, row) => row);
    const noise = Float64Array.from({ length: rows * 64 }, (_, cell) => (cell * 7919) % 1013);
    const anomalies = Array.from({ length: rows / 14 }, (_, index) => ({
      ...view.anomalies![0]!,
      start: 14 * index,
      end: 14 * index,
    }));
    const score = noise.slice(0, rows);
    const dense = { id: 'a', time, features, values: noise, reconstruction: noise, score, anomalies };
    expect(seriesChart(dense).length).toBeLessThan(300_000);
    expect(seriesChart(dense, { maxFeatures: 64 }).length).toBeLessThan(300_000);
  });

  it('draws the most blamed features where there is room for few', () => {
    expect(texts(seriesChart(view, { maxFeatures: 2 }), '.rt-heading')).toEqual([
      'flow (m³/h)',
      'vibration (mm/s)',
      'score',
    ]);
  });

  it('counts rows where time is no date, or is said to be none', () => {
    const counted = { ...view, time: Float64Array.from(view.time, (_, row) => row), anomalies: [] };
    expect(texts(seriesChart(counted), '.rt-label')).toEqual(['row']);
    expect(texts(seriesChart(counted, { timeAxis: 'date' }), '.rt-label')).toEqual(['time (UTC)']);
    expect(texts(seriesChart(view, { timeAxis: 'rows' }), '.rt-label')).toEqual(['row']);
  });

  it('says so where a feature has no value', () => {
    const values = Float64Array.from(view.values, (value, cell) => (cell % 4 === 1 ? Number.NaN : value));
    const { reconstruction: _, ...bare } = view;
    expect(texts(seriesChart({ ...bare, values }), '.rt-heading')).toContain('motor current (A): no values');
  });

  it('escapes every name', () => {
    const hostile = '"><script>alert(1)</script>&\u0000';
    const blame = [{ feature: hostile, share: 1 }];
    const svg = seriesChart({
      ...exampleView({ id: hostile }),
      features: [hostile, hostile.repeat(20), 'a', 'b'],
      units: [hostile, '', '', ''],
      anomalies: [{ ...view.anomalies![0]!, id: hostile, blame }],
    });
    expect(markupFaults(svg)).toEqual([]);
    expect(svg).not.toContain('<script');
  });

  it('draws any finite series without an impossible coordinate', () => {
    const cell = fc.oneof(fc.double({ min: -1e300, max: 1e300 }), fc.double({ min: -1, max: 1 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1e15, noNaN: true }), cell, cell), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.double({ min: -1e300, max: 1e300, noNaN: true }),
        (rows, threshold) => {
          const svg = seriesChart({
            id: 'a',
            time: Float64Array.from(rows, ([time]) => time).sort(),
            features: ['x'],
            values: Float64Array.from(rows, ([, value]) => value),
            score: Float64Array.from(rows, ([, , score]) => score),
            threshold,
          });
          expect(markupFaults(svg)).toEqual([]);
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the same text for the same view', () => {
    expect(seriesChart(exampleView())).toBe(chart);
  });
});

describe('seriesChart refuses', () => {
  const view = exampleView({ rows: 20 });
  it.each<[string, object, SeriesChartOptions?]>([
    ['view', { value: 1 }],
    ['view.id', { id: undefined }],
    ['view.time', { time: new Float64Array() }],
    ['view.time', { time: [1, 2] }],
    ['view.time[3]', { time: view.time.with(3, 0) }],
    ['view.time[0]', { time: view.time.with(0, Number.NaN) }],
    ['view.features', { features: [] }],
    ['view.features', { features: 'abcd' }],
    ['view.units', { units: ['A'] }],
    ['view.values', { values: new Float64Array(79) }],
    ['view.values', { values: undefined }],
    ['view.values[7]', { values: view.values.with(7, Infinity) }],
    ['view.reconstruction', { reconstruction: new Float32Array(20) }],
    ['view.reconstructionName', { reconstructionName: 3 }],
    ['view.score', { score: new Float64Array(80) }],
    ['view.threshold', { threshold: Number.NaN }],
    ['view.threshold', { threshold: new Float64Array(3) }],
    ['view.threshold[1]', { threshold: new Float64Array(20).with(1, Infinity) }],
    ['view.labels', { labels: new Uint8Array(3) }],
    ['view.anomalies', { anomalies: 3 }],
    ['view.anomalies[0].start', { anomalies: [{ ...view.anomalies![0], start: 0 }] }],
    ['view.anomalies[0].start', { anomalies: [undefined] }],
    ['view.anomalies[0].end', { anomalies: [{ ...view.anomalies![0], end: view.time[0] }] }],
    ['view.anomalies[0].peak', { anomalies: [{ ...view.anomalies![0], peak: undefined }] }],
    ['view.anomalies[0].severity', { anomalies: [{ ...view.anomalies![0], severity: Number.NaN }] }],
    ['view.anomalies[0].blame[0].feature', { anomalies: [{ ...view.anomalies![0], blame: [{ share: 1 }] }] }],
    [
      'view.anomalies[0].blame[0].share',
      { anomalies: [{ ...view.anomalies![0], blame: [{ feature: 'flow', share: Number.NaN }] }] },
    ],
    ['view.anomalies[0].blame', { anomalies: [{ ...view.anomalies![0], blame: undefined }] }],
    ['time', { time: view.time.map((time) => time * 1e6), anomalies: [] }],
    ['options', {}, { widht: 900 } as SeriesChartOptions],
    ['width', {}, { width: 100 }],
    ['panelHeight', {}, { panelHeight: 0 }],
    ['maxFeatures', {}, { maxFeatures: 0 }],
    ['maxGap', {}, { maxGap: -1 }],
    ['timeAxis', {}, { timeAxis: 'day' as 'date' }],
  ])('a wrong %s (%#)', (argument, part, options) => {
    let thrown: unknown;
    try {
      seriesChart({ ...view, ...part } as SeriesView, options);
    } catch (error) {
      thrown = error;
    }
    expect(isRetraceError(thrown, 'RETRACE_INVALID_ARGUMENT') && thrown.details.argument).toBe(argument);
  });
});

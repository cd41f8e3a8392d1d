import { createModel } from '@retrace/models';
import { createRandom } from '@retrace/random';
import { startWasm } from '@retrace/runtime-wasm';
import { fit } from '@retrace/training';
import { createSeries, fitScaler, type Series } from '@retrace/windowing';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitDetector, suggest, trainingWindows } from './index.ts';

const minute = 60_000;

interface Rows {
  readonly id?: string;
  readonly rows: number;
  readonly features?: number;
  /** How much of each feature is one common to all, 0 to 1. */
  readonly common?: number;
  readonly seed?: number;
}

/** Noise, a part of which all features share. */
function noise({ id = 'a', rows, features = 1, common = 0, seed = 1 }: Rows): Series {
  const random = createRandom(seed);
  const values = new Float64Array(rows * features);
  for (let row = 0; row < rows; row++) {
    const shared = random.normal();
    for (let k = 0; k < features; k++)
      values[row * features + k] = Math.sqrt(common) * shared + Math.sqrt(1 - common) * random.normal();
  }
  return createSeries({
    id,
    features: Array.from({ length: features }, (_, k) => `f${k}`),
    time: Float64Array.from({ length: rows }, (_, row) => row * minute),
    values,
  });
}

describe('suggest(train)', () => {
  beforeAll(() => startWasm({ threads: 1 }));

  it('cuts about two thousand windows of 32 rows to train on, and scores by one in four', () => {
    const { training, detector } = suggest([noise({ rows: 9000 })], { maxGap: 5 * minute });
    expect(training.windows).toEqual({ lookback: 32, stride: 4, maxGap: 5 * minute });
    expect(detector.windows).toEqual({ lookback: 32, stride: 4, maxGap: 5 * minute });
  });

  it('leaves room for several windows in short runs, which gaps end', () => {
    const series = noise({ rows: 60 });
    expect(suggest([series]).model.timesteps).toBe(32);
    const time = series.time.map((at, row) => at + (row >= 24 ? 10 * minute : 0));
    const broken = [{ ...series, time }];
    expect(suggest(broken, { maxGap: 5 * minute }).model.timesteps).toBe(24);
    expect(suggest(broken).model.timesteps).toBe(32);
  });

  it('makes all else for a lookback that is given', () => {
    const { model, training, detector } = suggest([noise({ rows: 900 })], { lookback: 80 });
    expect(model.timesteps).toBe(80);
    expect(training.windows).toEqual({ lookback: 80, stride: 1 });
    expect(detector.windows).toEqual({ lookback: 80, stride: 10 });
    expect(detector).toMatchObject({
      scorer: { smoothing: { halfLife: 40 } },
      anomalies: { mergeGap: 40 * minute },
    });
  });

  it('squeezes a few features through a smaller latent, and smooths many less', () => {
    const [one, two, many] = [1, 2, 20].map((features) => suggest([noise({ rows: 500, features })]));
    expect([one, two, many].map((each) => each!.model.bottleneck?.units)).toEqual([8, 16, undefined]);
    expect([one, two, many].map((each) => each!.detector.scorer.smoothing)).toEqual([
      { kind: 'ewma', halfLife: 16 },
      { kind: 'ewma', halfLife: 8 },
      { kind: 'ewma', halfLife: 4 },
    ]);
  });

  it.each([
    [16, 0, 'gaussian', 2],
    [16, 0.9, 'standardised', 3],
    [15, 0, 'standardised', 3],
  ])(
    'of %i features that have %d in common scores by the kind %s',
    (features, common, kind, standardErrors) => {
      const { scorer, threshold } = suggest([noise({ rows: 2000, features, common })]).detector;
      expect([scorer.kind, threshold]).toEqual([kind, { kind: 'quantile', q: 0.99, standardErrors }]);
    },
  );

  it('looks at whole rows alone, and presumes ties where there are too few', () => {
    const series = noise({ rows: 2000, features: 16 });
    const values = series.values.map((value, cell) =>
      cell % 16 === 0 && cell >= 16 * 31 ? Number.NaN : value,
    );
    const observed = Uint8Array.from(values, (value) => Number(!Number.isNaN(value)));
    expect(suggest([{ ...series, values, observed }]).detector.scorer.kind).toBe('standardised');
  });

  it('merges alarms within half a window of usual steps, of whole examples none', () => {
    expect(suggest([noise({ rows: 300 })]).detector.anomalies).toEqual({ mergeGap: 16 * minute });
    const beats = Array.from({ length: 12 }, (_, k) => noise({ id: `beat ${k}`, rows: 50, seed: k + 1 }));
    const whole = suggest(beats, { whole: true });
    expect(whole.detector.anomalies).toEqual({});
    expect(whole.model.timesteps).toBe(50);
    expect(whole.detector.scorer).not.toHaveProperty('smoothing');
  });

  it('looks at no label', () => {
    const series = noise({ rows: 400, features: 2 });
    expect(suggest([{ ...series, labels: new Uint8Array(400).fill(1) }])).toEqual(suggest([series]));
  });

  it('makes a detector that finds what a wave does not do', async () => {
    const wave = (rows: number, seed: number) => {
      const series = noise({ rows, features: 2, seed });
      return { ...series, values: series.values.map((value, cell) => Math.sin(cell / 9) + 0.05 * value) };
    };
    const train = [wave(600, 1)];
    const suggestion = suggest(train);
    const scaler = fitScaler(train, suggestion.scaler);
    const model = createModel(suggestion.model, { seed: 1 });
    await fit(model, trainingWindows(train, suggestion, scaler).windows, {
      ...suggestion.training.fit,
      epochs: 20,
    });
    const detector = await fitDetector(model, {
      ...suggestion.detector,
      scaler,
      calibration: [wave(300, 2)],
    });
    const strange = wave(400, 3);
    strange.values.fill(0, 2 * 200, 2 * 230);
    const found = await detector.detect(strange);
    expect(found.some(({ firstRow, lastRow }) => firstRow < 230 && lastRow >= 200)).toBe(true);
    detector.dispose();
  });

  it.each([
    ['no series', [], {}, '`train` must be an array of at least one series'],
    [
      'whole series of two lengths',
      [noise({ rows: 5 }), noise({ rows: 6 })],
      { whole: true },
      'series of one length',
    ],
    [
      'a lookback beside whole',
      [noise({ rows: 5 })],
      { whole: true, lookback: 5 },
      '`lookback` must be absent',
    ],
    ['a lookback of 0', [noise({ rows: 50 })], { lookback: 0 }, '`lookback` must be'],
    ['a gap of 0', [noise({ rows: 50 })], { maxGap: 0 }, '`maxGap` must be'],
    ['a misspelt option', [noise({ rows: 50 })], { maxgap: 1 }, 'Did you mean `maxGap`?'],
  ])('refuses %s', (_, train, options, message) => {
    expect(() => Reflect.apply(suggest, undefined, [train, options])).toThrow(message);
  });

  it('refuses runs of fewer than three rows', () => {
    expect(() => suggest([noise({ rows: 2 })])).toThrow(
      'The longest run of training rows without a gap has 2 rows',
    );
  });
});

describe('trainingWindows(train, suggestion, scaler)', () => {
  it('holds some of many series out whole, and of few the last windows', () => {
    const many = Array.from({ length: 20 }, (_, k) => noise({ id: `engine ${k}`, rows: 60, seed: k + 1 }));
    const held = trainingWindows(many, suggest(many), fitScaler(many, { kind: 'standard' }));
    if (typeof held.validation === 'number') return expect.fail();
    expect([held.windows.series.length, held.validation.series.length]).toEqual([18, 2]);
    const few = many.slice(0, 3);
    const shares = trainingWindows(few, suggest(few), fitScaler(few, { kind: 'standard' }));
    expect([shares.windows.series.length, shares.validation]).toEqual([3, 0.1]);
  });
});

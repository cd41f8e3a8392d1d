import { evaluate, fitDetector, loadDetector } from '@retrace/detector';
import { composite, createModel, reconstruct } from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { fit } from '@retrace/training';
import { fitScaler, normalOnly, normalWindows, sliceSeries, slidingWindows } from '@retrace/windowing';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { base, data, diverging, wave } from '../fixtures/waves.ts';
import { type TrialConfig, type TrialData, trainOne } from './index.ts';

beforeAll(() => startWasm({ threads: 1 }));

describe('trainOne(config, data)', () => {
  it('is, to the bit, what the same steps by hand give', async () => {
    const config: TrialConfig = {
      ...base,
      scaler: { kind: 'robust' },
      scorer: { kind: 'mse' },
      threshold: { q: 0.95 },
      validation: 0.25,
      seed: 5,
    };
    const { file, metrics, history } = await trainOne(config, data);

    const cut = data.train.map((series) => Math.round(0.75 * series.time.length));
    const train = data.train.map((series, k) => sliceSeries(series, 0, cut[k]!));
    const held = data.train.map((series, k) => sliceSeries(series, cut[k]!, series.time.length));
    const scaler = fitScaler(train, { kind: 'robust' });
    const windows = { lookback: 6 };
    const model = createModel(reconstruct({ timesteps: 6, features: 1, units: [3] }), { seed: 5 });
    const result = await fit(model, slidingWindows(train, windows, { scaler }), {
      ...base.fit,
      seed: 5,
      validation: slidingWindows(held, windows, { scaler }),
    });
    const { calibration } = data;
    const scoring = { scorer: { kind: 'mse' }, threshold: { q: 0.95 } } as const;
    const detector = await fitDetector(model, { calibration, windows, scaler, ...scoring });
    const { rocAuc, averagePrecision, points, events, alarmShare } = await evaluate(detector, data.test!);

    expect(file).toEqual(await detector.save());
    expect(history.map(({ loss, validationLoss }) => [loss, validationLoss])).toEqual(
      result.history.map(({ loss, validationLoss }) => [loss, validationLoss]),
    );
    expect(metrics).toEqual({
      loss: result.history[1]!.validationLoss,
      trainingLoss: result.history[1]!.loss,
      epochs: 2,
      parameters: model.parameters,
      seconds: expect.any(Number),
      rocAuc,
      averagePrecision,
      pointF1: points.f1,
      eventF1: events.f1,
      alarmShare,
    });
    detector.dispose();
  });

  it('tells the loss of the weights in the file: the best epoch where they were restored, else the last', async () => {
    // So large a rate that the loss goes up and down.
    const wild = { ...base.fit, epochs: 9, optimizer: { kind: 'adam', learningRate: 2 } } as const;
    const losses = ({ history }: Awaited<ReturnType<typeof trainOne>>) =>
      history.map(({ validationLoss }) => validationLoss!);
    const last = await trainOne({ ...base, fit: wild }, data);
    expect(Math.min(...losses(last))).toBeLessThan(losses(last).at(-1)!);
    expect(last.metrics.loss).toBe(losses(last).at(-1));
    const best = await trainOne({ ...base, fit: { ...wild, earlyStopping: { patience: 9 } } }, data);
    expect(best.metrics.loss).toBe(Math.min(...losses(best)));
    const earlyStopping = { patience: 9, restoreBest: false };
    const kept = await trainOne({ ...base, fit: { ...wild, earlyStopping } }, data);
    expect(kept.metrics.loss).toBe(losses(kept).at(-1));
  });

  it('takes the rows it is given to validate on, up to both ends, and no labelled window of them', async () => {
    const validation = [wave({ rows: 61, seed: 9 })];
    const config = { ...base, windows: { lookback: 6, stride: 4 } };
    const { file, metrics } = await trainOne(config, { ...data, validation });
    const detector = await loadDetector(file);
    const { scaler } = detector.state;
    const windows = normalWindows(
      slidingWindows(validation, { ...config.windows, anchor: 'both' }, { scaler }),
    );
    const batch = windows.batch([...Array(windows.length).keys()]);
    const { reconstruction } = await detector.model.run(batch);
    const squares = batch.input.map((value, k) => (value - reconstruction![k]!) ** 2);
    const mse = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(metrics.loss).toBeCloseTo(mse, 5);
    expect(windows.length).toBeLessThan(slidingWindows(validation, config.windows).length);
    detector.dispose();
  });

  it('makes a detector of every kind of model that retraces', async () => {
    const models: TrialConfig['model'][] = [
      { kind: 'composite', units: [3], horizon: 2, shift: 1 },
      { kind: 'sequence', units: [3] },
    ];
    for (const model of models) {
      const detector = await loadDetector((await trainOne({ ...base, model }, data)).file);
      expect(detector.model.spec.kind).toBe(model.kind);
      expect(detector.state.windows.horizon).toBe(model.kind === 'composite' ? 2 : undefined);
      if (detector.model.spec.kind === 'composite')
        expect(detector.model.spec).toEqual(
          composite({ timesteps: 6, features: 1, units: [3], horizon: 2, shift: 1 }),
        );
      detector.dispose();
    }
  });

  it('measures nothing where no test rows are labelled', async () => {
    const nothing = { rocAuc: null, averagePrecision: null, pointF1: null, eventF1: null, alarmShare: null };
    const { test: _, ...unmeasured } = data;
    expect((await trainOne(base, unmeasured)).metrics).toMatchObject(nothing);
    const test = normalOnly(data.test!).map(({ labels: _, ...series }) => series);
    expect((await trainOne(base, { ...data, test })).metrics).toMatchObject(nothing);
  });

  it('leaves no tensor behind: done, diverged, aborted or refused', async () => {
    await trainOne(base, data);
    const before = memory().numTensors;
    await trainOne(base, data);
    await expect(trainOne(diverging, data)).rejects.toMatchObject({ code: 'RETRACE_NOT_FINITE' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(trainOne(base, data, { signal })).rejects.toThrow('enough');
    await expect(trainOne(base, { ...data, calibration: [] })).rejects.toMatchObject({
      code: 'RETRACE_NO_CALIBRATION',
    });
    expect(memory().numTensors).toBe(before);
  });

  it('passes warnings on', async () => {
    const warnings: string[] = [];
    const onWarning = (text: string) => void warnings.push(text);
    await trainOne({ ...base, threshold: { q: 0.9999 } }, data, { onWarning });
    expect(warnings).toEqual([expect.stringContaining('too few for the quantile')]);
  });

  const fitOf = (more: object) => ({ ...base, fit: { ...base.fit, ...more } });
  it.each<[string, object, string, string]>([
    ['an unknown part', { ...base, window: {} }, 'RETRACE_INVALID_ARGUMENT', 'Did you mean `windows`?'],
    ['a function', fitOf({ onStep: () => {} }), 'RETRACE_INVALID_ARGUMENT', '`config.fit.onStep`'],
    ['no model', { ...base, model: undefined }, 'RETRACE_INVALID_ARGUMENT', '`config.model` must be plain'],
    ['a model by name', { ...base, model: 'lstm' }, 'RETRACE_INVALID_ARGUMENT', '`model` must be an object'],
    ['a forecaster', { ...base, model: { kind: 'predict' } }, 'RETRACE_INVALID_ARGUMENT', '`model.kind`'],
    ['no units', { ...base, model: { kind: 'sequence' } }, 'RETRACE_INVALID_ARGUMENT', '`units`'],
    ['units of 0', { ...base, model: { kind: 'sequence', units: [0] } }, 'RETRACE_MODEL_SPEC', 'In `config`'],
    ['no lookback', { ...base, windows: {} }, 'RETRACE_INVALID_ARGUMENT', '`lookback`'],
    [
      'targets',
      { ...base, windows: { lookback: 6, horizon: 1 } },
      'RETRACE_INVALID_ARGUMENT',
      '`windows.horizon`',
    ],
    ['no fit', { ...base, fit: null }, 'RETRACE_INVALID_ARGUMENT', '`fit` must be an object'],
    ['a fit without epochs', { ...base, fit: {} }, 'RETRACE_INVALID_ARGUMENT', '`epochs`'],
    ['an unknown optimizer', fitOf({ optimizer: { kind: 'adm' } }), 'RETRACE_INVALID_ARGUMENT', "'adam'?"],
    ['a seed of the fit', fitOf({ seed: 1 }), 'RETRACE_INVALID_ARGUMENT', '`fit` must be without `seed`'],
    ['a seed below 0', { ...base, seed: -1 }, 'RETRACE_INVALID_ARGUMENT', '`seed`'],
    ['all rows to validate', { ...base, validation: 1 }, 'RETRACE_INVALID_ARGUMENT', '`validation`'],
    ['an unknown scaler', { ...base, scaler: { kind: 'max' } }, 'RETRACE_INVALID_ARGUMENT', '`kind`'],
    ['an unknown scorer', { ...base, scorer: { kind: 'max' } }, 'RETRACE_INVALID_ARGUMENT', '`kind`'],
    ['a threshold beyond 1', { ...base, threshold: { q: 2 } }, 'RETRACE_INVALID_ARGUMENT', '`q`'],
  ])('refuses %s', async (_, config, code, message) => {
    await expect(trainOne(config as TrialConfig, data)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  const other = { ...wave(), features: ['y'] };
  it.each<[string, object | undefined, string]>([
    ['no data', undefined, '`data` must be an object'],
    ['an unknown part', { ...data, tests: [] }, 'Did you mean `test`?'],
    ['nothing to train on', { ...data, train: [] }, '`data.train` must be an array of at least one series'],
    ['nothing to calibrate on', { train: data.train }, '`data.calibration` must be an array of series'],
    [
      'other features',
      { ...data, test: [wave(), other] },
      '`data.test[1]` must be a series of the features x',
    ],
  ])('refuses %s', async (_, wrong, message) => {
    await expect(trainOne(base, wrong as TrialData)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      message: expect.stringContaining(message),
    });
  });

  it('refuses an option that is misspelt', async () => {
    await expect(trainOne(base, data, { sginal: 1 } as never)).rejects.toThrow('Did you mean `signal`?');
  });
});

import { evaluate, fitDetector } from '@retrace/detector';
import { checkKeys } from '@retrace/errors';
import { createModel, type SequenceModel } from '@retrace/models';
import { type EpochLog, fit } from '@retrace/training';
import {
  fitScaler,
  normalWindows,
  type ScalerState,
  type Series,
  slidingWindows,
  type Windows,
} from '@retrace/windowing';
import { checkTrialConfig, type TrialConfig } from './trial-config.ts';
import { checkTrialData, heldOutRows, isLabelled, type TrialData } from './trial-data.ts';
import { type TrialMetrics, trialMetrics } from './trial-metrics.ts';
import { trainingWindows, trialSpec } from './trial-spec.ts';

export interface TrainOneOptions {
  /** Ends training between two steps; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told what is allowed but most likely not meant. */
  readonly onWarning?: (message: string) => void;
}

/** What one training gave: all plain data. */
export interface TrainedTrial {
  /** The detector, for `loadDetector`. */
  readonly file: Uint8Array;
  readonly metrics: TrialMetrics;
  readonly history: readonly EpochLog[];
}

/**
 * Trains one detector: fits the scaler on the rows that train, the model on their windows, scorer and threshold on the
 * calibration rows, and measures it on the labelled test rows. It is the unit of work of a sweep.
 *
 * File and metrics, but for times, follow from `config` and `data` alone, to the bit, on one backend.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, `RETRACE_MODEL_SPEC`; what `fitScaler`, `slidingWindows`, `fit` and `fitDetector`
 * throw; the reason of `signal`.
 */
export async function trainOne(
  config: TrialConfig,
  data: TrialData,
  options: TrainOneOptions = {},
): Promise<TrainedTrial> {
  checkKeys('options', options, ['signal', 'onWarning']);
  checkTrialData(data);
  const { features } = data.train[0]!;
  checkTrialConfig('config', config, features);
  const from = performance.now();
  const rows = heldOutRows(data, config.validation ?? 0.1);
  const scaler = fitScaler(rows.train, config.scaler);
  const model = createModel(trialSpec(config, features.length), { seed: config.seed ?? 0 });
  try {
    return await trainModel(model, scaler, { config, data, rows, options, from });
  } finally {
    model.dispose();
  }
}

interface Training {
  readonly config: TrialConfig;
  readonly data: TrialData;
  readonly rows: ReturnType<typeof heldOutRows>;
  readonly options: TrainOneOptions;
  readonly from: number;
}

async function trainModel(
  model: SequenceModel,
  scaler: ScalerState,
  { config, data, rows, options: { signal, onWarning }, from }: Training,
): Promise<TrainedTrial> {
  const spec = trainingWindows(config);
  const cut = (series: readonly Series[], anchor = spec.anchor ?? 'start'): Windows =>
    normalWindows(slidingWindows(series, { ...spec, anchor }, { scaler }));
  const told = { ...(signal && { signal }), ...(onWarning && { onWarning }) };
  const result = await fit(model, cut(rows.train), {
    ...config.fit,
    // Up to both ends, so that a stride leaves no held-out row out.
    validation: cut(rows.validation, 'both'),
    seed: config.seed ?? 0,
    ...told,
  });
  const { windows, scorer, threshold } = config;
  const detector = await fitDetector(model, {
    calibration: data.calibration,
    windows,
    scaler,
    ...(scorer && { scorer }),
    ...(threshold && { threshold }),
    ...(onWarning && { onWarning }),
  });
  signal?.throwIfAborted();
  const evaluation = isLabelled(data) ? await evaluate(detector, data.test!) : undefined;
  signal?.throwIfAborted();
  const file = await detector.save();
  const seconds = (performance.now() - from) / 1000;
  const { parameters } = model;
  return {
    file,
    metrics: trialMetrics(result, config, { parameters, seconds, evaluation }),
    history: result.history,
  };
}

import { argumentError, checkInteger, checkKeys, isRetraceError, RetraceError } from '@retrace/errors';
import type { CompositeOptions, ReconstructOptions, SequenceOptions } from '@retrace/models';
import { fitScorer, fitThreshold, type ScorerSpec, type ThresholdSpec } from '@retrace/scoring';
import { checkFitOptions, type FitOptions } from '@retrace/training';
import {
  checkWindowSpec,
  createSeries,
  type FitScalerOptions,
  fitScaler,
  type WindowSpec,
} from '@retrace/windowing';
import { checkPlainJson } from './plain-json.ts';
import { trialSpec } from './trial-spec.ts';

type Shape = 'timesteps' | 'features';

/** A model that retraces its window, by the name and the options of its builder but for the shape of the window. */
export type ModelConfig =
  | ({ readonly kind: 'reconstruct' } & Omit<ReconstructOptions, Shape>)
  | ({ readonly kind: 'composite' } & Omit<CompositeOptions, Shape>)
  | ({ readonly kind: 'sequence' } & Omit<SequenceOptions, Shape>);

const decidedElsewhere = [
  'validation',
  'seed',
  'checkpoint',
  'signal',
  'onStep',
  'onEpoch',
  'onWarning',
] as const;

/** The options of `fit` that are plain JSON; seed and validation are the trial's own. */
export type TrialFitOptions = Omit<FitOptions, (typeof decidedElsewhere)[number] | 'teacherForcing'> & {
  readonly teacherForcing?: number;
};

/** All that decides a detector but the data: plain JSON. */
export interface TrialConfig {
  readonly model: ModelConfig;
  /** How rows are cut, without `horizon` and `shift`: those of a composite are its model's. */
  readonly windows: WindowSpec;
  /** Fitted on the rows that train. Default standard. */
  readonly scaler?: FitScalerOptions;
  readonly fit: TrialFitOptions;
  /** Default standardised. */
  readonly scorer?: ScorerSpec;
  /** Default the quantile 0.99. */
  readonly threshold?: ThresholdSpec;
  /** The share of the training rows, the last of each series, that validate where no other rows do. Default 0.1. */
  readonly validation?: number;
  /** Decides the initial weights, the order of windows and dropout. Default 0. */
  readonly seed?: number;
}

const keys: readonly (keyof TrialConfig)[] = [
  'model',
  'windows',
  'scaler',
  'fit',
  'scorer',
  'threshold',
  'validation',
  'seed',
];

/** The keys of a {@link TrialConfig}. */
export const trialConfigKeys: readonly string[] = keys;

/**
 * Refuses a configuration that no data of these features could be trained with.
 *
 * @param argument What the configuration is called in errors, such as `configs[3]`.
 * @throws `RETRACE_INVALID_ARGUMENT`, `RETRACE_MODEL_SPEC` and what else the parts of the configuration are refused with.
 */
export function checkTrialConfig(argument: string, config: TrialConfig, features: readonly string[]): void {
  checkKeys(argument, config, keys);
  checkPlainJson(argument, config);
  const { model, windows, scaler, fit, scorer, threshold, validation = 0.1, seed = 0 } = config;
  within(argument, () => {
    checkWindowSpec(windows);
    for (const name of ['horizon', 'shift'] as const) {
      if (windows[name] !== undefined)
        throw argumentError(`windows.${name}`, 'absent: it is an option of a composite model', windows[name]);
    }
    if (typeof model !== 'object')
      throw argumentError('model', "an object such as { kind: 'reconstruct' }", model);
    trialSpec(config, features.length);
    checkKeys('fit', fit, Object.keys(fit ?? {}));
    const elsewhere = decidedElsewhere.find((name) => name in fit);
    if (elsewhere !== undefined)
      throw argumentError('fit', `without \`${elsewhere}\`, which the trial decides`, elsewhere);
    checkFitOptions(fit);
    if (typeof validation !== 'number' || !(validation > 0 && validation < 1))
      throw argumentError('validation', 'a share between 0 and 1', validation);
    checkInteger('seed', seed, { min: 0 });
    checkScaler(scaler, features);
    fitScorer(new Float64Array(2 * features.length), { ...scorer, features });
    checkThreshold(threshold);
  });
}

/** Fits it to two rows, fewer than some kinds take, for nothing else checks its options. */
function checkThreshold(threshold: ThresholdSpec | undefined): void {
  try {
    fitThreshold([0, 1], { ...threshold, days: 1 });
  } catch (error) {
    if (!isRetraceError(error, 'RETRACE_TOO_FEW_ROWS')) throw error;
  }
}

/** Fits it to two rows, for nothing else checks its options. */
function checkScaler(scaler: FitScalerOptions | undefined, features: readonly string[]): void {
  const values = new Float64Array(2 * features.length);
  fitScaler([createSeries({ id: '', features, time: [0, 1], values })], scaler);
}

/** Says in the errors of `check` which configuration they are about. */
function within(argument: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!isRetraceError(error)) throw error;
    const details = { ...error.details, config: argument };
    throw new RetraceError(error.code, `In \`${argument}\`: ${error.message}`, details, { cause: error });
  }
}

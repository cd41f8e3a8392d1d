import { argumentError, checkInteger, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';

/** `factor` times the rate, every so many steps: Keras's `ExponentialDecay` with `staircase`. */
export interface StepSchedule {
  readonly kind: 'step';
  readonly initial: number;
  /** Updates from one fall to the next. */
  readonly steps: number;
  readonly factor: number;
}

/** `initial · rate^(step / steps)`: Keras's `ExponentialDecay`. */
export interface ExponentialSchedule {
  readonly kind: 'exponential';
  readonly initial: number;
  readonly steps: number;
  readonly rate: number;
}

/**
 * Half a cosine from `initial` to `final` over `steps` updates, after a rise in a line over `warmup` updates from `start`
 * (Loshchilov and Hutter 2017, without restarts): Keras's `CosineDecay`.
 */
export interface CosineSchedule {
  readonly kind: 'cosine';
  readonly initial: number;
  readonly steps: number;
  /** Default 0. */
  readonly final?: number;
  /** Default 0. */
  readonly warmup?: number;
  /** Default 0. */
  readonly start?: number;
}

/** `factor` times the rate after `patience` epochs without a lower watched loss: Keras's `ReduceLROnPlateau`. */
export interface PlateauSchedule {
  readonly kind: 'plateau';
  readonly initial: number;
  /** Default 0.1. */
  readonly factor?: number;
  /** Epochs. Default 10. */
  readonly patience?: number;
  /** How much lower a loss must be to count. Default 1e-4. */
  readonly minDelta?: number;
  /** Epochs after a fall in which none counts. Default 0. */
  readonly cooldown?: number;
  /** The rate never falls below. Default 0. */
  readonly least?: number;
}

/** A learning rate that changes, by the updates so far or by the loss of epochs. Plain JSON. */
export type ScheduleSpec = StepSchedule | ExponentialSchedule | CosineSchedule | PlateauSchedule;

/** A learning rate: one for all steps, or a schedule. */
export type LearningRate = number | ScheduleSpec;

/** A schedule with nothing left to default. */
export type Schedule =
  | { readonly kind: 'constant'; readonly initial: number }
  | StepSchedule
  | ExponentialSchedule
  | Required<CosineSchedule>
  | Required<PlateauSchedule>;

const kinds = ['step', 'exponential', 'cosine', 'plateau'] as const;

const keys = {
  step: ['kind', 'initial', 'steps', 'factor'],
  exponential: ['kind', 'initial', 'steps', 'rate'],
  cosine: ['kind', 'initial', 'steps', 'final', 'warmup', 'start'],
  plateau: ['kind', 'initial', 'factor', 'patience', 'minDelta', 'cooldown', 'least'],
} as const;

/** Fills in the defaults of a learning rate; throws `RETRACE_INVALID_ARGUMENT` for what is none. */
export function parseLearningRate(argument: string, spec: LearningRate): Schedule {
  const rate = (name: string, value: unknown): number =>
    checkNumber(name === '' ? argument : `${argument}.${name}`, value, { min: 0, max: 1e9 });
  if (typeof spec !== 'object' || spec === null) return { kind: 'constant', initial: rate('', spec) };
  const kind = checkOneOf(`${argument}.kind`, spec.kind, kinds);
  checkKeys(argument, spec, keys[kind]);
  const initial = rate('initial', spec.initial);
  const count = (name: string, value: unknown, min: number): number =>
    checkInteger(`${argument}.${name}`, value, { min });
  switch (spec.kind) {
    case 'step':
      return {
        kind: 'step',
        initial,
        steps: count('steps', spec.steps, 1),
        factor: rate('factor', spec.factor),
      };
    case 'exponential':
      return {
        kind: 'exponential',
        initial,
        steps: count('steps', spec.steps, 1),
        rate: rate('rate', spec.rate),
      };
    case 'cosine': {
      const { final = 0, warmup = 0, start = 0 } = spec;
      return {
        kind: 'cosine',
        initial,
        steps: count('steps', spec.steps, 1),
        final: rate('final', final),
        warmup: count('warmup', warmup, 0),
        start: rate('start', start),
      };
    }
    case 'plateau': {
      const { factor = 0.1, patience = 10, minDelta = 1e-4, cooldown = 0, least = 0 } = spec;
      if (!(factor > 0 && factor < 1)) throw argumentError(`${argument}.factor`, 'between 0 and 1', factor);
      return {
        kind: 'plateau',
        initial,
        factor,
        patience: count('patience', patience, 1),
        minDelta: rate('minDelta', minDelta),
        cooldown: count('cooldown', cooldown, 0),
        least: rate('least', least),
      };
    }
  }
}

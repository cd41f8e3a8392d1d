import { argumentError } from '@retrace/errors';
import type { LearningRate } from '@retrace/training';
import { commandLineError } from './command-line-error.ts';
import { type FlagParser, numberFlag, positive } from './flag-values.ts';
import { kindFlag } from './kind-flag.ts';

/** A stretch of training. */
interface Stretch {
  readonly count: number;
  readonly unit: 'steps' | 'epochs';
}

interface Falling {
  readonly kind: 'step' | 'exponential';
  readonly every: Stretch;
  readonly factor: number;
}

interface Cosine {
  readonly kind: 'cosine';
  readonly warmup?: Stretch;
  readonly over?: Stretch;
  readonly start?: number;
  readonly final?: number;
}

/** Counted in epochs, for only these have losses to compare. */
interface Plateau {
  readonly kind: 'plateau';
  readonly patience?: number;
  readonly factor?: number;
  readonly 'min-delta'?: number;
  readonly cooldown?: number;
  readonly least?: number;
}

/** What `--schedule` says. */
export type ScheduleFlag = Falling | Cosine | Plateau;

/** The length of a training, in which stretches are told as steps. */
export interface TrainingLength {
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

function stretch(flag: string): FlagParser<Stretch> {
  return (text) => {
    const [, digits, unit] = /^(\d{1,12})(step|epoch)s?$/.exec(text) ?? [];
    if (Number(digits) > 0) return { count: Number(digits), unit: unit === 'step' ? 'steps' : 'epochs' };
    throw argumentError(flag, 'some steps or epochs, such as 100steps or 5epochs', text);
  };
}

function epochs(flag: string): FlagParser<number> {
  return (text) => {
    const [, digits] = /^(\d{1,12})epochs?$/.exec(text) ?? [];
    if (Number(digits) > 0) return Number(digits);
    throw argumentError(flag, 'some epochs, such as 5epochs', text);
  };
}

const factor = (flag: string): FlagParser<number> =>
  numberFlag(flag, { ...positive, max: 1 - Number.EPSILON });
const rate = (flag: string): FlagParser<number> => numberFlag(flag, { min: 0, max: 1e9 });

const parse = kindFlag('--schedule', {
  step: { every: stretch, factor },
  exponential: { every: stretch, factor },
  cosine: { warmup: stretch, over: stretch, start: rate, final: rate },
  plateau: { patience: epochs, factor, 'min-delta': rate, cooldown: epochs, least: rate },
});

/** Reads a schedule such as `step:every=10epochs,factor=0.5`; throws `RETRACE_INVALID_ARGUMENT` naming the flag. */
export function parseSchedule(text: string): ScheduleFlag {
  const schedule = parse(text);
  if (schedule.kind === 'cosine' || schedule.kind === 'plateau') return schedule;
  const { kind, every, factor } = schedule;
  if (every && factor !== undefined) return { kind, every, factor };
  const example = `${kind}:every=10epochs,factor=0.5`;
  throw argumentError('--schedule', `given with \`every\` and \`factor\`, such as ${example}`, text);
}

/**
 * Makes the schedule of a training.
 *
 * @param initial The learning rate from which it falls.
 * @throws `RETRACE_COMMAND_LINE` if the warm-up is as long as the training.
 */
export function scheduleOf(schedule: ScheduleFlag, initial: number, length: TrainingLength): LearningRate {
  const stepsOf = ({ count, unit }: Stretch): number =>
    unit === 'steps' ? count : count * length.stepsPerEpoch;
  switch (schedule.kind) {
    case 'step':
      return { kind: 'step', initial, steps: stepsOf(schedule.every), factor: schedule.factor };
    case 'exponential':
      return { kind: 'exponential', initial, steps: stepsOf(schedule.every), rate: schedule.factor };
    case 'cosine': {
      const { start, final } = schedule;
      const all = length.stepsPerEpoch * length.epochs;
      const warmup = schedule.warmup ? stepsOf(schedule.warmup) : 0;
      if (warmup >= all)
        throw commandLineError(
          `\`--schedule cosine:warmup\` of ${warmup} steps must be shorter than the training of ${all}.`,
          { flag: '--schedule', warmup, steps: all },
        );
      return {
        kind: 'cosine',
        initial,
        warmup,
        steps: schedule.over ? stepsOf(schedule.over) : all - warmup,
        ...(start !== undefined && { start }),
        ...(final !== undefined && { final }),
      };
    }
    case 'plateau': {
      const { 'min-delta': minDelta, kind, ...given } = schedule;
      return { kind, initial, ...given, ...(minDelta !== undefined && { minDelta }) };
    }
  }
}

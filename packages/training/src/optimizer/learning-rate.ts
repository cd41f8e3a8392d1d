import type { Schedule } from './schedule-spec.ts';

/** What a schedule remembers of the epochs. Plain JSON. */
export interface LearningRateState {
  /** The factor that plateaus have brought the rate down by. */
  readonly factor: number;
  /** The lowest watched loss; null before the first epoch. */
  readonly best: number | null;
  /** Epochs since then. */
  readonly wait: number;
  /** Epochs to come in which none counts. */
  readonly cooldown: number;
}

/** The state before the first epoch. */
export const initialLearningRateState: LearningRateState = { factor: 1, best: null, wait: 0, cooldown: 0 };

/**
 * The learning rate of an update.
 *
 * @param updates How many updates came before it.
 */
export function learningRateAt(schedule: Schedule, updates: number, { factor }: LearningRateState): number {
  const { initial } = schedule;
  switch (schedule.kind) {
    case 'constant':
      return initial;
    case 'step':
      return initial * schedule.factor ** Math.floor(updates / schedule.steps);
    case 'exponential':
      return initial * schedule.rate ** (updates / schedule.steps);
    case 'cosine': {
      const { warmup, start, steps, final } = schedule;
      if (updates < warmup) return start + ((initial - start) * updates) / warmup;
      const share = Math.min(1, (updates - warmup) / steps);
      return final + ((initial - final) * (1 + Math.cos(Math.PI * share))) / 2;
    }
    case 'plateau':
      return Math.max(schedule.least, initial * factor);
  }
}

/** Takes note of the watched loss of an epoch, as Keras's `ReduceLROnPlateau` does; other schedules do not look. */
export function afterEpoch(schedule: Schedule, state: LearningRateState, loss: number): LearningRateState {
  if (schedule.kind !== 'plateau') return state;
  const { initial, factor, patience, minDelta, least } = schedule;
  const cooldown = Math.max(0, state.cooldown - 1);
  const wait = state.cooldown > 0 ? 0 : state.wait;
  if (state.best === null || loss < state.best - minDelta) return { ...state, cooldown, best: loss, wait: 0 };
  if (cooldown > 0) return { ...state, cooldown, wait };
  if (wait + 1 < patience) return { ...state, cooldown, wait: wait + 1 };
  if (initial * state.factor <= least) return { ...state, cooldown, wait: wait + 1 };
  return { ...state, factor: state.factor * factor, cooldown: schedule.cooldown, wait: 0 };
}

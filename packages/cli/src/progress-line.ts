import type { EpochLog, StepLog } from '@retrace/training';
import type { TextOutput } from './text-output.ts';

/** One line of a terminal that tells how far training is. Where the output is no terminal it writes nothing. */
export interface ProgressLine {
  /** Draws the line after a step, at most ten times a second. */
  onStep(log: StepLog): void;
  /** Takes the validation loss of an epoch, to be drawn from then on. */
  onEpoch(log: EpochLog): void;
  /** Wipes the line. */
  clear(): void;
}

export interface ProgressLineOptions {
  /** The time in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
}

const millisecondsBetween = 100;
const barWidth = 24;

/** Makes the progress line of a training; pass its methods to `fit`. */
export function createProgressLine(
  output: TextOutput,
  { now = () => performance.now() }: ProgressLineOptions = {},
): ProgressLine {
  let validationLoss: number | undefined;
  let drawnAt: number | undefined;
  const write = (text: string): void => {
    if (output.isTTY) output.write(`\r\u{1B}[K${text}`);
  };
  return {
    onStep(log) {
      const last = log.epoch === log.epochs && log.step === log.steps;
      if (!last && drawnAt !== undefined && now() - drawnAt < millisecondsBetween) return;
      drawnAt = now();
      write(lineOf(log, validationLoss).slice(0, (output.columns ?? 80) - 1));
    },
    onEpoch(log) {
      validationLoss = log.validationLoss;
    },
    clear() {
      if (drawnAt !== undefined) write('');
      drawnAt = undefined;
    },
  };
}

function lineOf(log: StepLog, validationLoss: number | undefined): string {
  const { epoch, epochs, step, steps, loss, secondsLeft } = log;
  const filled = Math.round((barWidth * ((epoch - 1) * steps + step)) / (epochs * steps));
  return [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `[${'='.repeat(filled).padEnd(barWidth)}]`,
    `loss ${loss.toPrecision(3)}`,
    ...(validationLoss === undefined ? [] : [`validation ${validationLoss.toPrecision(3)}`]),
    `${timeText(secondsLeft)} left`,
  ].join('  ');
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

import type { Trial } from '@retrace/sweep';
import type { TextOutput } from './text-output.ts';

/** One line of a terminal that tells how far a sweep is. Where the output is no terminal it writes nothing. */
export interface SweepProgress {
  onTrial(trial: Trial, progress: { readonly done: number; readonly total: number }): void;
  /** Wipes the line. */
  clear(): void;
}

/** Makes the progress line of a sweep. */
export function createSweepProgress(output: TextOutput): SweepProgress {
  let [best, failed] = [Infinity, 0];
  const write = (text: string): void => {
    if (output.isTTY) output.write(`\r\u{1B}[K${text.slice(0, (output.columns ?? 80) - 1)}`);
  };
  return {
    onTrial(trial, { done, total }) {
      if (trial.error) failed++;
      else best = Math.min(best, trial.metrics.loss.mean);
      const parts = [
        `trial ${done}/${total}`,
        ...(best < Infinity ? [`lowest loss ${best.toPrecision(3)}`] : []),
        ...(failed > 0 ? [`${failed} failed`] : []),
      ];
      write(parts.join('  '));
    },
    clear: () => write(''),
  };
}

import type { Experiment, Outcome } from './experiment.ts';
import { median } from './median.ts';

/** One figure against one of its bars, as `--json` writes it. */
export interface Result {
  readonly experiment: string;
  readonly metric: string;
  readonly published: number | null;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** What the values had to show; null where nothing. */
  readonly bar: string | null;
  /** Whether they did; null without a bar. */
  readonly pass: boolean | null;
  /** Keras's own figures against the same bar; null where there are none. */
  readonly keras: {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    readonly pass: boolean | null;
  } | null;
  /** How many seeds. */
  readonly runs: number;
}

/** Judges the figures of an experiment: a result for each bar, and one for a figure without. */
export function resultsOf({ name }: Pick<Experiment, 'name'>, { figures }: Outcome): Result[] {
  return figures.flatMap(({ metric, published = null, values, keras, bars = [] }) =>
    (bars.length > 0 ? bars : [undefined]).map((bar) => ({
      experiment: name,
      metric,
      published,
      ...summaryOf(values),
      bar: bar?.text ?? null,
      pass: bar ? bar.passes(values) : null,
      keras: keras ? { ...summaryOf(keras), pass: bar ? bar.passes(keras) : null } : null,
      runs: values.length,
    })),
  );
}

/** Whether a result fails a bar that Keras's own distribution does not fail. */
export function falls({ pass, keras }: Result): boolean {
  return pass === false && keras?.pass !== false;
}

function summaryOf(values: readonly number[]): { median: number; min: number; max: number } {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

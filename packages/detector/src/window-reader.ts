import type { WindowBatch } from '@retrace/windowing';
import type { Retracer } from './retracer.ts';
import type { ScoredOutput } from './scored-output.ts';

/** One of the things that a reader says of a window. */
export interface ReaderOutput {
  readonly name: ScoredOutput;
  /** The names of the columns of its residuals. */
  readonly columns: readonly string[];
  /**
   * The rows that its steps are of: those in, or those out, which it draws; or it has one step for the window, which is
   * its residual as it is.
   */
  readonly rows: 'in' | 'out' | 'window';
  /** Whether the logarithms of variances come with what it draws. */
  readonly variance: boolean;
}

/** What an output is of some windows. */
export interface OutputValues {
  /** `[size, steps, columns]`; what is drawn, scaled as the batch is. */
  readonly values: Float32Array;
  /** As `values`, of an output with variance. */
  readonly logVariance?: Float32Array;
}

/** What reads windows for a detector: the outputs of a model that rows are scored by, or a retracer. */
export interface WindowReader {
  /** At least one. */
  readonly outputs: readonly ReaderOutput[];
  /** Resolves to the values of each output, in order. */
  read(batch: WindowBatch): Promise<readonly OutputValues[]>;
}

/** Reads windows of these features by a retracer. */
export function retracerReader(retracer: Retracer, features: readonly string[]): WindowReader {
  return {
    outputs: [{ name: 'reconstruction', columns: features, rows: 'in', variance: false }],
    read: async (batch) => [{ values: await retracer.reconstruct(batch) }],
  };
}

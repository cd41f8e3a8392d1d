import { checkKeys } from '@retrace/errors';
import { type DecoderOptions, decoderOptionNames, decoderSpec } from './decoder-options.ts';
import { encoderPart } from './encoder-options.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import type { PredictSpec } from './spec.ts';

export interface PredictOptions extends DecoderOptions {
  /** Rows out, at least 1. */
  readonly horizon: number;
  /**
   * Rows between the last row in and the first row out. Default 0: the rows that follow. Negative values, down to
   * `-timesteps`, make them overlap: with 9 rows in, `horizon: 8, shift: -8` predicts the successor of each row.
   */
  readonly shift?: number;
}

/** The names of the options that say which rows are predicted. */
export const predictedRowNames: readonly (keyof PredictOptions)[] = ['horizon', 'shift'];

/**
 * Describes a forecaster: a stacked encoder reads `[batch, timesteps, features]`, a stacked decoder unrolls `horizon`
 * steps from its last state (Srivastava et al. 2015, section 3.2). Train it on windows cut with the same `horizon`
 * and `shift`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range,
 * and for a 'state' bridge around a bottleneck or between layers of different widths.
 */
export function predict(options: PredictOptions): PredictSpec {
  checkKeys('options', options, [...decoderOptionNames, ...predictedRowNames]);
  const part = encoderPart(options);
  const { horizon, shift = 0 } = options;
  const decoder = decoderSpec(options, part.encoder);
  return parseSpecOfKind({ ...part, kind: 'predict', horizon, shift, decoder });
}

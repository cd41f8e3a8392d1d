import type { ModelSpec } from './spec.ts';

/** Some sequences for a model. A `WindowBatch` of `@retrace/windowing` is one. */
export interface ModelInput {
  readonly size: number;
  /** `[size, timesteps, features]`, scaled. */
  readonly input: Float32Array;
  /** `[size, timesteps]`, 0 where a step is padding. */
  readonly mask?: Uint8Array;
}

/** A model with weights, held by the running backend until `dispose`. Its tensors are behind `@retrace/models/tensors`. */
export interface SequenceModel {
  readonly spec: ModelSpec;
  /** The number of trainable weights. */
  readonly parameters: number;
  /** Resolves to the latent vectors, `[size, latentSize]`. */
  encode(batch: ModelInput): Promise<Float32Array>;
  /** Resolves to each head's output, `[size, steps, features]`, by the head's name, and to its logarithms of variances as `<head>/logVariance`. */
  run(batch: ModelInput): Promise<Readonly<Record<string, Float32Array>>>;
  /** Frees the weights. A second call does nothing; any other use afterwards throws `RETRACE_DISPOSED`. */
  dispose(): void;
}

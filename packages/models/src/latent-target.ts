import { checkKeys } from '@retrace/errors';
import {
  type DenseOptions,
  denseSpecs,
  type EncoderOptions,
  encoderOptionNames,
  encoderPart,
} from './encoder-options.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import type { LatentTargetSpec } from './spec.ts';

export interface LatentTargetOptions extends Omit<EncoderOptions, 'bottleneck'> {
  /** The dense layers between the latent vector and the output. Default none. */
  readonly dense?: readonly (number | DenseOptions)[];
  /**
   * The activation that is the target: `encoder/0` and so on, or `latent`; of a sequence, its last step. Default
   * `encoder/0`.
   */
  readonly target?: string;
  /**
   * Whether the target is held fixed. Default false, as in a Keras model with `add_loss`: then the target moves too,
   * and is free to shrink towards the trivial solution, of which training warns.
   */
  readonly stopGradient?: boolean;
  /** Default 'mse'. */
  readonly loss?: 'mse' | 'mae';
}

/**
 * Describes a model that is its own target: dense layers learn to give, from the latent vector, what a layer of the
 * encoder itself puts out. It needs no target and is trained by its own loss, `latentTarget`, as a Keras model whose
 * only loss is added by `add_loss`. Outputs: `output` and `target`, `[batch, units of the target]`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range.
 */
export function latentTarget(options: LatentTargetOptions): LatentTargetSpec {
  const names = encoderOptionNames.filter((name) => name !== 'bottleneck');
  checkKeys('options', options, [...names, 'dense', 'target', 'stopGradient', 'loss']);
  const { dense = [], target = 'encoder/0', stopGradient = false, loss = 'mse' } = options;
  return parseSpecOfKind({
    ...encoderPart(options),
    kind: 'latentTarget',
    dense: denseSpecs('dense', dense),
    target,
    stopGradient,
    loss,
  });
}

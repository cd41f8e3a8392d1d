import { checkKeys } from '@retrace/errors';
import {
  type DenseOptions,
  denseSpecs,
  type EncoderOptions,
  encoderOptionNames,
  encoderPart,
} from './encoder-options.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import type { ClassifierSpec } from './spec.ts';

export interface ClassifierOptions extends EncoderOptions {
  /** At least 2. A window's label is its class, from 0. */
  readonly classes: number;
  /** The dense layers between the latent vector and the classes. Default none. */
  readonly dense?: readonly (number | DenseOptions)[];
  /** Whether training leaves the encoder as it is. Default false. */
  readonly frozen?: boolean;
}

/**
 * Describes a classifier of windows: an encoder, dense layers and a softmax. With the `encoderFrom` option of
 * `createModel` its encoder starts as that of a trained autoencoder (Srivastava et al. 2015, section 4.3). Output:
 * `probabilities`, `[batch, classes]`; the loss is the cross-entropy with the windows' labels.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range.
 */
export function classifier(options: ClassifierOptions): ClassifierSpec {
  checkKeys('options', options, [...encoderOptionNames, 'classes', 'dense', 'frozen']);
  const { classes, dense = [], frozen = false } = options;
  return parseSpecOfKind({
    ...encoderPart(options),
    kind: 'classifier',
    dense: denseSpecs('dense', dense),
    classes,
    frozen,
  });
}

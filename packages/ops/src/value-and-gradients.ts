import { argumentError, RetraceError } from '@retrace/errors';
import { type NamedTensorMap, type Scalar, tidy, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import { tapeEngine } from './tape-engine.ts';

/** What {@link valueAndGradients} returns; the caller disposes both. */
export interface ValueAndGradients {
  value: Scalar;
  /** By variable name; a variable that the value does not depend on is absent. */
  gradients: NamedTensorMap;
}

/**
 * Computes a scalar and its gradient by each of `variables`. Intermediate tensors are freed, also when `f`
 * throws.
 *
 * @throws `RETRACE_NO_GRADIENT` naming the operation, if `f` uses one outside `differentiableOps`, or if the
 * value depends on none of the variables.
 * @throws `RETRACE_INVALID_ARGUMENT` if there are no variables to train or `f` does not return a scalar.
 */
export function valueAndGradients(f: () => Scalar, variables: readonly Variable[]): ValueAndGradients {
  const trainable = variables.filter((variable) => variable.trainable);
  if (trainable.length === 0)
    throw argumentError('variables', 'a list with at least one trainable variable', variables);
  const tape = tapeEngine();
  try {
    // The scope frees the value if its gradient fails.
    return tidy(() => {
      const { value, grads } = variableGrads(() => checkScalar(f()), trainable);
      return { value, gradients: grads };
    });
  } catch (error) {
    if (tape.state.gradientDepth === 0) discardTape();
    throw translate(error);
  }
}

function checkScalar(value: Scalar): Scalar {
  if (value?.rank === 0) return value;
  throw argumentError('f', 'a function that returns a scalar tensor', value?.shape ?? value);
}

/** Frees what the tape saved: the engine does so only after a gradient that succeeded. */
function discardTape(): void {
  const { state } = tapeEngine();
  for (const node of state.activeTape ?? []) for (const tensor of node.saved ?? []) tensor.dispose();
  state.activeTape = null;
}

function translate(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  const op = /gradient function not found for (\w+)/.exec(message)?.[1];
  if (op)
    return new RetraceError(
      'RETRACE_NO_GRADIENT',
      `The loss uses the operation \`${op}\`, which has no gradient here. Call \`installGradients()\` or start a ` +
        'runtime first, build the loss from `differentiableOps`, or register a gradient for it.',
      { op },
      { cause: error },
    );
  if (message.startsWith('Cannot find a connection between any variable'))
    return new RetraceError(
      'RETRACE_NO_GRADIENT',
      'The loss depends on none of the variables. Compute it from the output of the model they belong to.',
      {},
      { cause: error },
    );
  return error;
}

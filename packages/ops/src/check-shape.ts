import { argumentError, RetraceError } from '@retrace/errors';
import { type DataType, Tensor } from '@tensorflow/tfjs-core';

/**
 * Checks that `value` is a tensor of the expected shape, where a word stands for any positive size, and of one
 * of `dtypes` (float32 alone by default).
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if it is no tensor or of another dtype, `RETRACE_INVALID_SHAPE` otherwise.
 */
export function checkShape(
  argument: string,
  value: unknown,
  expected: readonly (number | string)[],
  dtypes: readonly DataType[] = ['float32'],
): void {
  const words = `a ${dtypes.join(' or ')} tensor of shape [${expected.join(', ')}]`;
  if (!(value instanceof Tensor)) throw argumentError(argument, words, value);
  if (!dtypes.includes(value.dtype)) throw argumentError(argument, words, value.dtype);
  const fits = (size: number, index: number) =>
    typeof expected[index] === 'string' ? size > 0 : size === expected[index];
  if (value.rank === expected.length && value.shape.every(fits)) return;
  throw new RetraceError(
    'RETRACE_INVALID_SHAPE',
    `\`${argument}\` must be ${words}. Received: shape [${value.shape.join(', ')}].`,
    { argument, expected, received: value.shape },
  );
}

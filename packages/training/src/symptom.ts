import type { TensorModel } from '@retrace/models/tensors';
import type { TermMean } from './term-mean.ts';

/** Says which part of a batch's outcome is not finite, if any. */
export function symptomOf(
  { heads, losses }: TensorModel,
  means: readonly TermMean[],
  gradientNorm = 0,
): string | undefined {
  const names = [...heads, ...losses].map(({ name }) => name);
  const at = means.findIndex(({ mean }) => !Number.isFinite(mean));
  if (at >= 0) return `the loss \`${names[at]}\` is ${means[at]!.mean}`;
  return Number.isFinite(gradientNorm) ? undefined : `the norm of the gradients is ${gradientNorm}`;
}

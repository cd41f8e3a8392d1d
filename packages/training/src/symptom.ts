import type { TermMean } from './term-mean.ts';

/** Says which part of a batch's outcome is not finite, if any. */
export function symptomOf(means: readonly TermMean[], gradientNorm = 0): string | undefined {
  const wrong = means.find(({ mean }) => !Number.isFinite(mean));
  if (wrong) return `the loss \`${wrong.name}\` is ${wrong.mean}`;
  return Number.isFinite(gradientNorm) ? undefined : `the norm of the gradients is ${gradientNorm}`;
}

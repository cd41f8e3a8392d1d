import type { Tensor } from '@tensorflow/tfjs-core';

/** Names a stack's outputs `<name>/0`, `<name>/1`, … */
export function named(name: string, outputs: readonly Tensor[]): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(outputs.map((output, index) => [`${name}/${index}`, output]));
}

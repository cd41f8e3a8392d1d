import type { NamedVariable } from '@retrace/models/tensors';
import { tensor, tidy } from '@tensorflow/tfjs-core';

/** The values of a model's weights at one moment, by name, in host memory. */
export type WeightSnapshot = ReadonlyMap<string, Float32Array>;

/** Copies the weights to the host. */
export async function takeSnapshot(variables: readonly NamedVariable[]): Promise<WeightSnapshot> {
  const copies = variables.map(async ({ name, variable }) => {
    // data() of tfjs's cpu backend is the live array.
    return [name, Float32Array.from(await variable.data())] as const;
  });
  return new Map(await Promise.all(copies));
}

/** Gives the weights the values they had. */
export function restoreSnapshot(variables: readonly NamedVariable[], snapshot: WeightSnapshot): void {
  tidy(() => {
    for (const { name, variable } of variables) {
      variable.assign(tensor(snapshot.get(name)!.slice(), variable.shape));
    }
  });
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModel, reconstruct, type SequenceModel } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { createRandom } from '@retrace/random';
import type { Shape } from './shapes.ts';

/** One model and batch that every library starts from. */
export interface Problem {
  readonly shape: Shape;
  readonly model: SequenceModel;
  /** `[batch, timesteps, features]` */
  readonly input: Float32Array;
  /** The weights by name, laid out as in Keras. */
  readonly weights: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
  >;
  /** A folder with the weights and the input as float32 files, and `shapes.json`. */
  readonly folder: string;
  dispose(): void;
}

/** Makes a problem: a model with Keras's initial weights, and a batch of standard normal numbers. */
export async function createProblem(shape: Shape): Promise<Problem> {
  const { timesteps, features, units, batch } = shape;
  const model = createModel(reconstruct({ timesteps, features, units: [units] }), { seed: 1 });
  const random = createRandom(2);
  const input = Float32Array.from({ length: batch * timesteps * features }, () => random.normal());
  const weights: Record<string, { shape: readonly number[]; values: Float32Array }> = {};
  for (const { name, variable } of tensorsOf(model).variables) {
    weights[name] = { shape: variable.shape, values: await variable.data<'float32'>() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'retrace-bench-'));
  const arrays = { ...weights, input: { shape: [batch, timesteps, features], values: input } };
  for (const [name, { values }] of Object.entries(arrays)) {
    writeFileSync(join(folder, `${name.replaceAll('/', '_')}.bin`), values);
  }
  const dimensions = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.shape]));
  writeFileSync(join(folder, 'shapes.json'), JSON.stringify(dimensions));
  return {
    shape,
    model,
    input,
    weights,
    folder,
    dispose() {
      model.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

import { activate, dense } from '@retrace/ops';
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { DenseLayerSpec } from './spec.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

/** The weights of one dense layer. */
export function denseWeights(name: string, inputs: number, units: number): readonly WeightSpec[] {
  return [
    { name: `${name}/kernel`, shape: [inputs, units], initializer: 'glorotUniform' },
    { name: `${name}/bias`, shape: [units], initializer: 'zeros' },
  ];
}

/** Runs one dense layer, at every timestep alike where there are timesteps. */
export function denseLayer<T extends Tensor2D | Tensor3D>(name: string, x: T, weights: Weights): T {
  return dense(x, weights<Tensor2D>(`${name}/kernel`), weights<Tensor1D>(`${name}/bias`));
}

/** The weights of dense layers `<name>/0`, `<name>/1`, …; the first reads `inputs` numbers. */
export function denseStackWeights(
  name: string,
  inputs: number,
  layers: readonly DenseLayerSpec[],
): readonly WeightSpec[] {
  return layers.flatMap(({ units }, index) =>
    denseWeights(`${name}/${index}`, layers[index - 1]?.units ?? inputs, units),
  );
}

/** Runs dense layers; returns the output of each, `[batch, units]`. */
export function denseStack(
  name: string,
  input: Tensor2D,
  layers: readonly DenseLayerSpec[],
  weights: Weights,
): readonly Tensor2D[] {
  const outputs: Tensor2D[] = [];
  for (const [index, { activation }] of layers.entries()) {
    outputs.push(activate(denseLayer(`${name}/${index}`, outputs.at(-1) ?? input, weights), activation));
  }
  return outputs;
}

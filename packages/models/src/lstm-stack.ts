import { lstm, type Repeated } from '@retrace/ops';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { type DropoutStream, dropout } from './dropout.ts';
import type { LstmLayerSpec } from './spec.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

/** The weights of stacked LSTM layers whose first layer reads `[batch, timesteps, features]`. */
export function lstmStackWeights(
  name: string,
  features: number,
  layers: readonly LstmLayerSpec[],
): readonly WeightSpec[] {
  return layers.flatMap(({ units }, index) => {
    const inputs = index === 0 ? features : layers[index - 1]!.units;
    const path = `${name}/${index}`;
    return [
      { name: `${path}/kernel`, shape: [inputs, 4 * units], initializer: 'glorotUniform' },
      { name: `${path}/recurrentKernel`, shape: [units, 4 * units], initializer: 'orthogonal' },
      { name: `${path}/bias`, shape: [4 * units], initializer: 'lstmBias' },
    ] as const;
  });
}

export interface LstmStackOptions {
  readonly mask?: Tensor2D | undefined;
  /** Whether the last layer returns every step, `[batch, timesteps, units]`, or the last, `[batch, units]`. */
  readonly returnSequences: boolean;
  /** Absent outside training. */
  readonly dropoutStream?: DropoutStream | undefined;
}

/** Runs stacked LSTM layers. Returns each layer's output, dropout applied, in order; only the last may lack a time axis. */
export function lstmStack(
  name: string,
  input: Tensor3D | Repeated,
  layers: readonly LstmLayerSpec[],
  weights: Weights,
  { mask, returnSequences, dropoutStream }: LstmStackOptions,
): readonly (Tensor3D | Tensor2D)[] {
  const outputs: (Tensor3D | Tensor2D)[] = [];
  let sequence: Tensor3D | Repeated = input;
  for (const [index, layer] of layers.entries()) {
    const path = `${name}/${index}`;
    const { output } = lstm(
      sequence,
      {
        kernel: weights(`${path}/kernel`),
        recurrentKernel: weights(`${path}/recurrentKernel`),
        bias: weights(`${path}/bias`),
      },
      {
        activation: layer.activation,
        recurrentActivation: layer.recurrentActivation,
        returnSequences: returnSequences || index < layers.length - 1,
        ...(mask && { mask }),
      },
    );
    const kept = dropoutStream ? dropout(output, layer.dropout, dropoutStream) : output;
    outputs.push(kept);
    sequence = kept as Tensor3D;
  }
  return outputs;
}

import { type LstmState, type LstmWeights, lstm, type Repeated } from '@retrace/ops';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { dropout } from './dropout.ts';
import type { RandomStream } from './random-stream.ts';
import type { LstmLayerSpec } from './spec.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

/** The weights of stacked LSTM layers, the first of which reads `inputs` features; none where it reads nothing. */
export function lstmStackWeights(
  name: string,
  inputs: number,
  layers: readonly LstmLayerSpec[],
): readonly WeightSpec[] {
  return layers.flatMap(({ units }, index) => {
    const path = `${name}/${index}`;
    const read = index === 0 ? inputs : layers[index - 1]!.units;
    const kernel = {
      name: `${path}/kernel`,
      shape: [read, 4 * units],
      initializer: 'glorotUniform',
    } as const;
    return [
      ...(read > 0 ? [kernel] : []),
      { name: `${path}/recurrentKernel`, shape: [units, 4 * units], initializer: 'orthogonal' },
      { name: `${path}/bias`, shape: [4 * units], initializer: 'lstmBias' },
    ] as const;
  });
}

/** The weights of the LSTM layer at `path`. */
export function lstmWeights(path: string, weights: Weights): LstmWeights {
  return {
    kernel: weights(`${path}/kernel`),
    recurrentKernel: weights(`${path}/recurrentKernel`),
    bias: weights(`${path}/bias`),
  };
}

export interface LstmStackOptions {
  /** `[batch, timesteps]` */
  readonly mask?: Tensor2D | undefined;
  /** Each layer's state before the first step. Default zeros. */
  readonly initialStates?: readonly LstmState[] | undefined;
  /** Whether the last layer returns every step, `[batch, timesteps, units]`, or the last, `[batch, units]`. */
  readonly returnSequences: boolean;
  /** Absent outside training. */
  readonly stream?: RandomStream | undefined;
}

export interface LstmStackResult {
  /** Each layer's output, dropout applied; only the last may lack a time axis. */
  readonly outputs: readonly (Tensor3D | Tensor2D)[];
  /** Each layer's state after the last step. */
  readonly states: readonly LstmState[];
}

/** Runs stacked LSTM layers. */
export function lstmStack(
  name: string,
  input: Tensor3D | Repeated,
  layers: readonly LstmLayerSpec[],
  weights: Weights,
  { mask, initialStates, returnSequences, stream }: LstmStackOptions,
): LstmStackResult {
  const outputs: (Tensor3D | Tensor2D)[] = [];
  const states: LstmState[] = [];
  let sequence: Tensor3D | Repeated = input;
  for (const [index, layer] of layers.entries()) {
    const initialState = initialStates?.[index];
    const { output, h, c } = lstm(sequence, lstmWeights(`${name}/${index}`, weights), {
      activation: layer.activation,
      recurrentActivation: layer.recurrentActivation,
      returnSequences: returnSequences || index < layers.length - 1,
      ...(mask && { mask }),
      ...(initialState && { initialState }),
    });
    const kept = stream ? dropout(output, layer.dropout, stream) : output;
    outputs.push(kept);
    states.push({ h, c });
    sequence = kept as Tensor3D;
  }
  return { outputs, states };
}

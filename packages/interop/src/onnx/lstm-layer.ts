import type { LstmLayerSpec } from '@retrace/models';
import { activationAttributes } from './activation-functions.ts';
import type { GraphBuilder, Weight } from './graph-builder.ts';

/** The state of an LSTM layer. */
export interface LstmState {
  /** `[1, batch, units]` */
  readonly h: string;
  /** `[1, batch, units]` */
  readonly c: string;
}

/** The outputs of an LSTM layer: its state after the last step, and h after every step. */
export interface LstmOutputs extends LstmState {
  /** `[timesteps, 1, batch, units]` */
  readonly sequence: string;
}

export interface LstmInputs {
  /** `[timesteps, batch, features]` */
  readonly input: string;
  /** int32 `[batch]`: the steps that count, from the first. Default all. */
  readonly lengths?: string | undefined;
  /** The state before the first step. Default zeros. */
  readonly state?: LstmState | undefined;
}

/** Where ONNX's gates i, o, f, c are among ours, i, f, c, o. */
const gateOrder = [0, 3, 1, 2];

/**
 * Adds the LSTM layer at `path`. A layer that has no kernel, since it reads nothing, takes an input of one feature.
 *
 * ONNX keeps weights transposed and apart for each direction, and a second bias of the recurrence
 * (https://onnx.ai/onnx/operators/onnx__LSTM.html).
 */
export function addLstm(
  graph: GraphBuilder,
  path: string,
  { units, activation, recurrentActivation }: LstmLayerSpec,
  { input, lengths = '', state }: LstmInputs,
): LstmOutputs {
  const nothing = { shape: [1, 4 * units], data: new Float32Array(4 * units) };
  const kernel = graph.weights.get(`${path}/kernel`) ?? nothing;
  const recurrentKernel = graph.weights.get(`${path}/recurrentKernel`)!;
  const bias = graph.weights.get(`${path}/bias`)!;
  const biases = new Float32Array(8 * units);
  biases.set(transposedGates({ shape: [1, 4 * units], data: bias.data }));
  const constants = [
    graph.constant(`${path}/W`, { dims: [1, 4 * units, kernel.shape[0]!], data: transposedGates(kernel) }),
    graph.constant(`${path}/R`, { dims: [1, 4 * units, units], data: transposedGates(recurrentKernel) }),
    graph.constant(`${path}/B`, { dims: [1, 8 * units], data: biases }),
  ];
  const outputs = { sequence: `${path}/sequence`, h: `${path}/h`, c: `${path}/c` };
  graph.addNode({
    op: 'LSTM',
    inputs: [
      input,
      ...constants,
      ...(lengths || state ? [lengths] : []),
      ...(state ? [state.h, state.c] : []),
    ],
    outputs: [outputs.sequence, outputs.h, outputs.c],
    attributes: {
      ...activationAttributes([recurrentActivation, activation, activation]),
      hidden_size: { int: units },
    },
  });
  return outputs;
}

/** Turns `[rows, 4 units]` with the gates in our order into `[4 units, rows]` in ONNX's. */
function transposedGates({ shape, data }: Weight): Float32Array {
  const [rows, columns] = shape as [number, number];
  const units = columns / 4;
  const turned = new Float32Array(data.length);
  for (let column = 0; column < columns; column++) {
    const from = gateOrder[Math.floor(column / units)]! * units + (column % units);
    for (let row = 0; row < rows; row++) turned[column * rows + row] = data[row * columns + from]!;
  }
  return turned;
}

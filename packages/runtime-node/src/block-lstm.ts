import type { LstmAttributes, LstmInputs, LstmKernels } from '@retrace/ops';
import {
  add,
  concat,
  expandDims,
  pad,
  reshape,
  slice,
  sum,
  type Tensor,
  tile,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { floatType, type OpAttribute, type TensorflowBackend, withInt64 } from './tensorflow-backend.ts';

/**
 * The LSTM by TensorFlow's BlockLSTMV2, whose gates lie as ours, i, f, c, o, and whose sequences are
 * `[timesteps, batch, …]`. The reserve holds its seven outputs i, c (before its activation by tanh), f, o, the
 * candidate, tanh(c) and h, all `[timesteps, batch, units]`.
 *
 * It takes no input that is projected already, so a repeated one is repeated here.
 */
export function blockForward(
  backend: TensorflowBackend,
  inputs: LstmInputs,
  { timesteps, returnSequences, recording }: LstmAttributes,
): Tensor[] {
  const attributes = [
    ...blockAttributes(backend),
    { name: 'cell_clip', type: backend.binding.TF_ATTR_FLOAT, value: 0 },
  ];
  const reserve = withInt64(backend, timesteps, (length) =>
    backend.executeMultipleOutputs(
      'BlockLSTMV2',
      attributes,
      [length, ...blockOperands(inputs, timesteps)],
      7,
    ),
  );
  const [, cells, , , , , hidden] = reserve as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const outputs = [lastStep(hidden), lastStep(cells)];
  if (returnSequences) outputs.push(transpose(hidden, [1, 0, 2]));
  return recording ? [...outputs, ...reserve] : outputs;
}

/** The gradient by BlockLSTMGradV2; pending is dInput, `[timesteps, batch, features]`. */
export function blockGradient(
  backend: TensorflowBackend,
  call: Parameters<LstmKernels['gradient']>[0],
  reserve: readonly Tensor[],
  { timesteps }: LstmAttributes,
): Tensor[] {
  const { kernel, recurrentKernel, dh, dc, dSequence } = call;
  const given = [
    ...blockOperands(call, timesteps),
    ...reserve,
    atLastStep(dc, timesteps),
    ofHidden(dh, dSequence, timesteps),
  ];
  const [dInput, dInitialC, dInitialH, dWeights, , , , dBias] = withInt64(backend, timesteps, (length) =>
    backend.executeMultipleOutputs('BlockLSTMGradV2', blockAttributes(backend), [length, ...given], 8),
  ) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const [features, units] = [kernel.shape[0]!, recurrentKernel.shape[0]!];
  return [
    slice(dWeights, [0, 0], [features, 4 * units]),
    slice(dWeights, [features, 0], [units, 4 * units]),
    dBias,
    ...(call.initialH ? [dInitialH, dInitialC] : []),
    dInput,
  ];
}

/** dInput in the form of the input, from the one over time. */
export function blockInputGradient(input: Tensor, dInput: Tensor): Tensor {
  return input.shape.length === 2 ? sum(dInput, 0) : transpose(dInput, [1, 0, 2]);
}

/** The gradient by h of every timestep, `[timesteps, batch, units]`. */
export function ofHidden(dh: Tensor, dSequence: Tensor | undefined, timesteps: number): Tensor {
  const last = atLastStep(dh, timesteps);
  return dSequence ? add(transpose(dSequence, [1, 0, 2]), last) : last;
}

/** The input with time first, `[timesteps, batch, features]`. */
export function timeMajor(input: Tensor, timesteps: number): Tensor {
  return input.shape.length === 2
    ? tile(expandDims(input, 0), [timesteps, 1, 1])
    : transpose(input, [1, 0, 2]);
}

/** x, cs_prev, h_prev, w, wci, wcf, wco, b: what forward and gradient read after the length. */
function blockOperands(
  { input, kernel, recurrentKernel, bias, initialH, initialC }: LstmInputs,
  timesteps: number,
): Tensor[] {
  const units = recurrentKernel.shape[0]!;
  const state = initialH && initialC ? undefined : zeros([input.shape[0]!, units]);
  const peephole = zeros([units]);
  return [
    timeMajor(input, timesteps),
    initialC ?? state!,
    initialH ?? state!,
    concat([kernel, recurrentKernel], 0),
    ...[peephole, peephole, peephole],
    bias,
  ];
}

function blockAttributes(backend: TensorflowBackend): OpAttribute[] {
  return [floatType(backend), { name: 'use_peephole', type: backend.binding.TF_ATTR_BOOL, value: false }];
}

function lastStep(sequence: Tensor): Tensor {
  const [timesteps, batch, units] = sequence.shape as [number, number, number];
  return reshape(slice(sequence, [timesteps - 1, 0, 0], [1, batch, units]), [batch, units]);
}

function atLastStep(gradient: Tensor, timesteps: number): Tensor {
  return pad(expandDims(gradient, 0), [
    [timesteps - 1, 0],
    [0, 0],
    [0, 0],
  ]);
}

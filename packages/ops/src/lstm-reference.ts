import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  slice,
  split,
  stack,
  sub,
  type Tensor,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';
import { activationFunction } from './activation.ts';
import type { LstmAttributes, LstmInputs, LstmKernels } from './lstm-kernel.ts';
import { referenceGradient, referenceInputGradient } from './lstm-reference-gradient.ts';
import { timestepList } from './timestep-list.ts';

/**
 * The LSTM kernels in plain tfjs-core operations, for every backend. Inside, sequences are
 * `[timesteps, batch, …]`. The reserve is
 *
 *     gates   [timesteps, batch, 4 units]   recurrentActivation(z), of which the candidate's part is unused
 *     g       [timesteps, batch, units]     activation(z), the candidate
 *     cells   [timesteps, batch, units]     c after each step
 *     hidden  [timesteps, batch, units]     h after each step
 */
export const lstmReference: LstmKernels = {
  forward: referenceForward,
  gradient: referenceGradient,
  inputGradient: referenceInputGradient,
};

function referenceForward(inputs: LstmInputs, attributes: LstmAttributes): Tensor[] {
  const { recurrentKernel, initialH, initialC, mask } = inputs;
  const { timesteps, returnSequences, recording } = attributes;
  const activate = activationFunction(attributes.activation).apply;
  const activateGates = activationFunction(attributes.recurrentActivation).apply;
  const [batchSize, units] = initialH.shape as [number, number];
  const projected = projectInput(inputs, timesteps);
  const counts = mask && timestepList(expandDims(transpose(mask), 2));
  const history: { gates: Tensor; g: Tensor; c: Tensor; h: Tensor }[] = [];
  let h = initialH;
  let c = initialC;
  for (let t = 0; t < timesteps; t++) {
    const z = add(projected[t]!, matMul(h as Tensor2D, recurrentKernel as Tensor2D));
    const gates = activateGates(z);
    const [i, f, , o] = split(gates, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    const g = activate(slice(z, [0, 2 * units], [batchSize, units]));
    const nextC = add(mul(f, c), mul(i, g));
    const nextH = mul(o, activate(nextC));
    c = counts ? select(counts[t]!, nextC, c) : nextC;
    h = counts ? select(counts[t]!, nextH, h) : nextH;
    history.push({ gates, g, c, h });
  }
  const series = (of: (step: (typeof history)[number]) => Tensor): Tensor => stack(history.map(of));
  const hidden = returnSequences || recording ? series((step) => step.h) : undefined;
  return [
    h,
    c,
    ...(returnSequences ? [transpose(hidden!, [1, 0, 2])] : []),
    ...(recording
      ? [series((step) => step.gates), series((step) => step.g), series((step) => step.c), hidden!]
      : []),
  ];
}

/** x · kernel + bias for every timestep at once, as a list over time of `[batch, 4 units]`. */
function projectInput({ input, kernel, bias }: LstmInputs, timesteps: number): Tensor[] {
  if (input.rank === 2) {
    const once = add(matMul(input as Tensor2D, kernel as Tensor2D), bias);
    return new Array<Tensor>(timesteps).fill(once);
  }
  const [batchSize, , features] = input.shape as [number, number, number];
  const rows = reshape(transpose(input, [1, 0, 2]), [timesteps * batchSize, features]);
  const all = add(matMul(rows as Tensor2D, kernel as Tensor2D), bias);
  return timestepList(reshape(all, [timesteps, batchSize, -1]));
}

/** `value` where `counts` is 1 and `otherwise` where it is 0. */
function select(counts: Tensor, value: Tensor, otherwise: Tensor): Tensor {
  return add(otherwise, mul(counts, sub(value, otherwise)));
}

import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  split,
  stack,
  sub,
  type Tensor,
  type Tensor2D,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';
import { activationFunction } from './activation.ts';
import { initialState } from './lstm-initial-state.ts';
import type { LstmAttributes, LstmInputs, LstmKernels } from './lstm-kernel.ts';
import { referenceGradient, referenceInputGradient } from './lstm-reference-gradient.ts';

/**
 * The LSTM kernels in plain tfjs-core operations, for every backend. Inside, sequences are
 * `[timesteps, batch, …]`. The reserve holds i, f, g, o (the candidate is g), and c and h after each step, all
 * `[timesteps, batch, units]`.
 */
export const lstmReference: LstmKernels = {
  forward: referenceForward,
  gradient: referenceGradient,
  inputGradient: referenceInputGradient,
};

function referenceForward(inputs: LstmInputs, attributes: LstmAttributes): Tensor[] {
  const { recurrentKernel, mask } = inputs;
  const { initialH, initialC } = initialState(inputs);
  const { timesteps, returnSequences, recording } = attributes;
  const activate = activationFunction(attributes.activation).apply;
  const activateGate = activationFunction(attributes.recurrentActivation).apply;
  const projected = projectInput(inputs, timesteps);
  const counting = mask && expandDims(transpose(mask), 2);
  const counts = counting && unstack(counting);
  const passing = counting && unstack(sub(1, counting));
  const history: Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h', Tensor>[] = [];
  let h = initialH;
  let c = initialC;
  for (let t = 0; t < timesteps; t++) {
    const z = add(projected[t]!, matMul(h as Tensor2D, recurrentKernel as Tensor2D));
    const [zi, zf, zg, zo] = split(z, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    const i = activateGate(zi);
    const f = activateGate(zf);
    const g = activate(zg);
    const o = activateGate(zo);
    const nextC = add(mul(f, c), mul(i, g));
    const nextH = mul(o, activate(nextC));
    // Exact where counts is 0 or 1, unlike c + counts ∘ (nextC − c): a mask of ones changes no bit.
    c = counts ? add(mul(counts[t]!, nextC), mul(passing![t]!, c)) : nextC;
    h = counts ? add(mul(counts[t]!, nextH), mul(passing![t]!, h)) : nextH;
    history.push({ i, f, g, o, c, h });
  }
  const series = (name: keyof (typeof history)[number]): Tensor => stack(history.map((step) => step[name]));
  const hidden = returnSequences || recording ? [series('h')] : [];
  const sequence = returnSequences ? [transpose(hidden[0]!, [1, 0, 2])] : [];
  if (!recording) return [h, c, ...sequence];
  const reserve = [series('i'), series('f'), series('g'), series('o'), series('c'), ...hidden];
  return [h, c, ...sequence, ...reserve];
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
  return unstack(reshape(all, [timesteps, batchSize, -1]));
}

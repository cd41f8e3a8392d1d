import {
  add,
  concat,
  expandDims,
  matMul,
  mul,
  reshape,
  slice,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';
import { activationFunction } from './activation.ts';
import { initialState } from './lstm-initial-state.ts';
import type { LstmAttributes, LstmKernels } from './lstm-kernel.ts';

/**
 * Back-propagation through time. With a = activation, r = recurrentActivation and primes for derivatives, going
 * back from the last step,
 *
 *     dh += dSequence_t
 *     dc += dh ∘ o ∘ a'(c_t)
 *     dz_t = [dc ∘ g ∘ r'(i),  dc ∘ c_{t-1} ∘ r'(f),  dc ∘ i ∘ a'(g),  dh ∘ a(c_t) ∘ r'(o)]
 *     dc ← dc ∘ f        dh ← dz_t · recurrentKernelᵀ
 *
 * Every factor that does not depend on dh or dc is computed for all steps at once, and so are the products that
 * give the weights' gradients. At a masked step the factors are zero, f is one and dh passes unchanged.
 *
 * Products are of untransposed operands only: tfjs's WebAssembly backend has a fast kernel for no other. Pending
 * is dz, `[timesteps batch, 4 units]`, or its sum over time `[batch, 4 units]` for a repeated input.
 */
export const referenceGradient: LstmKernels['gradient'] = (call, reserve, attributes) => {
  const { input, recurrentKernel, mask, dh, dc, dSequence } = call;
  const { initialH, initialC } = initialState(call);
  const [i, f, g, o, cells, hidden] = reserve as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const { timesteps } = attributes;
  const [batchSize, units] = initialH.shape as [number, number];
  const counts = mask && expandDims(transpose(mask), 2);
  const factors = recursionFactors({ i, f, g, o, cells, initialC }, counts, attributes);

  const zFactors = unstack(factors.z);
  const cFactors = unstack(factors.c);
  const forget = unstack(factors.forget);
  const passing = counts && unstack(sub(1, counts));
  const dOutputs = dSequence && unstack(transpose(dSequence, [1, 0, 2]));
  const transposed = transpose(recurrentKernel) as Tensor2D;
  const steps = new Array<Tensor>(timesteps);
  let dhNext = dh;
  let dcNext = dc;
  for (let t = timesteps - 1; t >= 0; t--) {
    const dhHere = dOutputs ? add(dhNext, dOutputs[t]!) : dhNext;
    const dcHere = add(dcNext, mul(dhHere, cFactors[t]!));
    const dz = mul(concat([dcHere, dcHere, dcHere, dhHere], 1), zFactors[t]!);
    const throughGates = matMul(dz as Tensor2D, transposed);
    dhNext = passing ? add(throughGates, mul(dhHere, passing[t]!)) : throughGates;
    dcNext = mul(dcHere, forget[t]!);
    steps[t] = dz;
  }

  const dz = stack(steps);
  const rows = reshape(dz, [timesteps * batchSize, 4 * units]) as Tensor2D;
  const hiddenBefore = reshape(before(hidden, initialH), [timesteps * batchSize, units]);
  const dRecurrentKernel = matMul(transpose(hiddenBefore) as Tensor2D, rows);
  const ofState = call.initialH ? [dhNext, dcNext] : [];
  if (input.rank === 2) {
    const summed = sum(dz, 0) as Tensor2D;
    const dKernel = matMul(transpose(input) as Tensor2D, summed);
    return [dKernel, dRecurrentKernel, sum(summed, 0), ...ofState, summed];
  }
  const features = input.shape[2]!;
  const columns = reshape(transpose(input, [2, 1, 0]), [features, timesteps * batchSize]);
  const dKernel = matMul(columns as Tensor2D, rows);
  return [dKernel, dRecurrentKernel, sum(rows, 0), ...ofState, rows];
};

/** dInput = dz · kernelᵀ. */
export const referenceInputGradient: LstmKernels['inputGradient'] = (
  { input, kernel },
  pending,
  attributes,
) => {
  const dInput = matMul(pending[0] as Tensor2D, transpose(kernel) as Tensor2D);
  if (input.rank === 2) return dInput;
  const [batchSize, , features] = input.shape as [number, number, number];
  return transpose(reshape(dInput, [attributes.timesteps, batchSize, features]), [1, 0, 2]);
};

/** What dc and dh are multiplied by at each step, `[timesteps, batch, 4 units or units]`. */
function recursionFactors(
  { i, f, g, o, cells, initialC }: Record<'i' | 'f' | 'g' | 'o' | 'cells' | 'initialC', Tensor>,
  counts: Tensor | undefined,
  { activation, recurrentActivation }: LstmAttributes,
): { z: Tensor; c: Tensor; forget: Tensor } {
  const cell = activationFunction(activation);
  const gate = activationFunction(recurrentActivation);
  const activated = cell.apply(cells);
  const z = concat(
    [
      mul(g, gate.slope(i)),
      mul(before(cells, initialC), gate.slope(f)),
      mul(i, cell.slope(g)),
      mul(activated, gate.slope(o)),
    ],
    2,
  );
  const c = mul(o, cell.slope(activated));
  if (!counts) return { z, c, forget: f };
  return { z: mul(z, counts), c: mul(c, counts), forget: add(mul(f, counts), sub(1, counts)) };
}

/** The state before each step, `[timesteps, batch, units]`, from the state after each and the initial one. */
function before(after: Tensor, initial: Tensor): Tensor {
  const [timesteps, batchSize, units] = after.shape as [number, number, number];
  const first = expandDims(initial, 0);
  return timesteps === 1 ? first : concat([first, slice(after, 0, [timesteps - 1, batchSize, units])], 0);
}

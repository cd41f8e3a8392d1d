import type { LstmAttributes, LstmKernels } from '@retrace/ops';
import {
  add,
  concat,
  expandDims,
  matMul,
  reshape,
  slice,
  split,
  stack,
  sum,
  type Tensor,
  type Tensor2D,
  unstack,
  zeros,
} from '@tensorflow/tfjs-core';
import { ofHidden, timeMajor } from './block-lstm.ts';
import { floatType, type TensorflowBackend } from './tensorflow-backend.ts';

/**
 * Back-propagation through time with the products of the weights' gradients put off until dz is known at every timestep:
 * going back from the last, LSTMBlockCellGrad gives dz_t and dc, and dh = dz_t · recurrentKernelᵀ; then
 *
 *     dKernel = xᵀ · dz        dRecurrentKernel = hᵀ (of the timestep before) · dz        dBias = Σ dz
 *
 * are each one product or sum over all timesteps, of x and dz summed over time for a repeated input. The reserve is
 * that of `blockForward`; pending is dz as the reference has it, `[timesteps batch, 4 units]`, or its sum over time
 * `[batch, 4 units]` for a repeated input.
 */
export function deferredGradient(
  backend: TensorflowBackend,
  call: Parameters<LstmKernels['gradient']>[0],
  reserve: readonly Tensor[],
  { timesteps }: LstmAttributes,
): Tensor[] {
  const { input, recurrentKernel, dh, dc, dSequence, initialH, initialC } = call;
  const batch = input.shape[0]!;
  const units = recurrentKernel.shape[0]!;
  const none = zeros([batch, units]);
  const startH = initialH ?? none;
  const hidden = reserve[6]!;
  const steps = reserve.map((tensor) => unstack(tensor));
  const [i, cells, f, o, candidates, activated] = steps as [
    Tensor[],
    Tensor[],
    Tensor[],
    Tensor[],
    Tensor[],
    Tensor[],
  ];
  const dHidden = unstack(ofHidden(dh, dSequence, timesteps));
  const recurrent = swapGates(recurrentKernel) as Tensor2D;
  const attributes = [
    floatType(backend),
    { name: 'use_peephole', type: backend.binding.TF_ATTR_BOOL, value: false },
  ];
  // Of these LSTMBlockCellGrad reads but the shapes: it multiplies no weights.
  const x = zeros([batch, 1]);
  const weights = zeros([units + 1, 4 * units]);
  const peephole = zeros([units]);
  const given = [weights, peephole, peephole, peephole, zeros([4 * units])];

  const dz = new Array<Tensor>(timesteps);
  let dcNext: Tensor = dc;
  let dhNext: Tensor | undefined;
  for (let t = timesteps - 1; t >= 0; t--) {
    const dhHere = dhNext ? add(dHidden[t]!, dhNext) : dHidden[t]!;
    const before = t > 0 ? cells[t - 1]! : (initialC ?? none);
    const forward = [i[t]!, cells[t]!, f[t]!, o[t]!, candidates[t]!, activated[t]!];
    const operands = [x, before, startH, ...given, ...forward, dcNext, dhHere];
    const [dcBefore, dzHere] = backend.executeMultipleOutputs('LSTMBlockCellGrad', attributes, operands, 5);
    dz[t] = dzHere!;
    dcNext = dcBefore!;
    dhNext = matMul(dzHere as Tensor2D, recurrent, false, true);
  }

  const all = swapGates(stack(dz));
  const rows = reshape(all, [timesteps * batch, 4 * units]) as Tensor2D;
  const first = expandDims(startH, 0);
  const earlier = timesteps > 1 ? concat([first, slice(hidden, 0, [timesteps - 1, batch, units])], 0) : first;
  const dRecurrentKernel = matMul(reshape(earlier, [timesteps * batch, units]) as Tensor2D, rows, true);
  const ofState = initialH ? [dhNext!, dcNext] : [];
  const repeated = input.shape.length === 2;
  const pending = repeated ? (sum(all, 0) as Tensor2D) : rows;
  const read = repeated ? input : reshape(timeMajor(input, timesteps), [timesteps * batch, -1]);
  return [matMul(read as Tensor2D, pending, true), dRecurrentKernel, sum(pending, 0), ...ofState, pending];
}

/** From the gates i, f, c, o of ours to the i, c, f, o of LSTMBlockCellGrad, and back. */
function swapGates(tensor: Tensor): Tensor {
  const [i, second, third, o] = split(tensor, 4, -1) as [Tensor, Tensor, Tensor, Tensor];
  return concat([i, third, second, o], -1);
}

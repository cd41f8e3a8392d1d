import type { Phase } from './peer.ts';
import type { Shape } from './shapes.ts';

/**
 * The multiplications and additions in the matrix products that a step needs: the decoder's input, the same at every
 * timestep, is projected once, and the first timestep has no state to multiply.
 */
export function flops({ timesteps, features, units, batch }: Shape, phase: Phase): number {
  const product = (rows: number, depth: number, columns: number) => 2 * rows * depth * columns;
  const recurrent = product(batch * (timesteps - 1), units, 4 * units);
  const encoderInput = product(batch * timesteps, features, 4 * units);
  const decoderInput = product(batch, units, 4 * units);
  const head = product(batch * timesteps, units, features);
  const forward = 2 * recurrent + encoderInput + decoderInput + head;
  if (phase === 'infer') return forward;
  const weightGradients = forward;
  const inputGradients = 2 * recurrent + decoderInput + head;
  return forward + weightGradients + inputGradients;
}

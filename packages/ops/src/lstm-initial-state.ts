import { zeros } from '@tensorflow/tfjs-core';
import type { LstmInputs } from './lstm-kernel.ts';

/** The state before the first step. */
export function initialState({
  input,
  recurrentKernel,
  initialH,
  initialC,
}: LstmInputs): Required<Pick<LstmInputs, 'initialH' | 'initialC'>> {
  const shape = [input.shape[0]!, recurrentKernel.shape[0]!];
  return { initialH: initialH ?? zeros(shape), initialC: initialC ?? zeros(shape) };
}

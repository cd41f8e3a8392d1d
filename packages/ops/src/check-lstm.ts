import { argumentError, checkKeys, checkOneOf } from '@retrace/errors';
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { activations } from './activation.ts';
import { checkShape } from './check-shape.ts';
import type { LstmOptions, LstmWeights } from './lstm.ts';
import { isRepeated, type Repeated } from './repeated.ts';

const optionNames: readonly (keyof LstmOptions)[] = [
  'initialState',
  'returnSequences',
  'activation',
  'recurrentActivation',
  'mask',
  'reverse',
];

/** Checks the arguments of `lstm` against one another; returns the sizes they agree on. */
export function checkLstm(
  input: Tensor3D | Repeated,
  { kernel, recurrentKernel, bias }: LstmWeights,
  options: LstmOptions,
): { batchSize: number; timesteps: number; units: number } {
  checkKeys('options', options, optionNames);
  if (!isRepeated(input)) checkShape('input', input, ['batch', 'timesteps', 'features']);
  const [batchSize, features] = isRepeated(input)
    ? input.latent.shape
    : ([input.shape[0], input.shape[2]] as const);
  const timesteps = isRepeated(input) ? input.timesteps : input.shape[1];
  checkShape('recurrentKernel', recurrentKernel, ['units', '4 units']);
  const units = recurrentKernel.shape[0];
  checkShape('recurrentKernel', recurrentKernel, [units, 4 * units]);
  checkShape('kernel', kernel, [features, 4 * units]);
  checkShape('bias', bias, [4 * units]);
  const { initialState, activation, recurrentActivation, mask } = options;
  if (initialState) {
    checkShape('initialState.h', initialState.h, [batchSize, units]);
    checkShape('initialState.c', initialState.c, [batchSize, units]);
  }
  if (activation !== undefined) checkOneOf('activation', activation, activations);
  if (recurrentActivation !== undefined) checkOneOf('recurrentActivation', recurrentActivation, activations);
  if (mask) checkShape('mask', mask, [batchSize, timesteps], ['bool', 'int32', 'float32']);
  for (const name of ['returnSequences', 'reverse'] as const)
    if (!['boolean', 'undefined'].includes(typeof options[name]))
      throw argumentError(name, 'true or false', options[name]);
  return { batchSize, timesteps, units };
}

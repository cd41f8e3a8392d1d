import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
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

/** Checks the arguments of `lstm` against one another; returns the timesteps. */
export function checkLstm(
  input: Tensor3D | Repeated,
  { kernel, recurrentKernel, bias }: LstmWeights,
  options: LstmOptions,
): number {
  checkKeys('options', options, optionNames);
  const { batchSize, timesteps, features } = inputSizes(input);
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
  return timesteps;
}

function inputSizes(input: Tensor3D | Repeated): { batchSize: number; timesteps: number; features: number } {
  if (isRepeated(input)) {
    checkShape('input.latent', input.latent, ['batch', 'features']);
    const timesteps = checkInteger('input.timesteps', input.timesteps, { min: 1 });
    const [batchSize, features] = input.latent.shape;
    return { batchSize, timesteps, features };
  }
  checkShape('input', input, ['batch', 'timesteps', 'features']);
  const [batchSize, timesteps, features] = input.shape;
  return { batchSize, timesteps, features };
}

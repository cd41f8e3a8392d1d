import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { installGradients } from '../install-gradients.ts';
import { conformanceCases } from './index.ts';

beforeAll(async () => {
  await setBackend('cpu');
  installGradients();
});

describe("the reference on tfjs's cpu backend", () => {
  it.each(conformanceCases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});

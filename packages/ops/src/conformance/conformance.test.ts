import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { installGradients } from '../install-gradients.ts';
import { expectClose } from './expect-close.ts';
import { conformanceCases } from './index.ts';

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
  installGradients();
});

describe("the reference on tfjs's cpu backend", () => {
  it.each(conformanceCases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});

describe('conformanceCases', () => {
  it('have names that tell them apart', () => {
    expect(new Set(conformanceCases.map(({ name }) => name)).size).toBe(conformanceCases.length);
  });
});

describe('expectClose', () => {
  it.each([
    ['a value beyond the tolerance', [1, 2.1]],
    ['NaN', [1, Number.NaN]],
    ['a missing value', [1]],
  ])('refuses %s', (_, actual) => {
    expect(() => expectClose('y', actual, [1, 2], 0.01)).toThrow(
      expect.objectContaining({ code: 'RETRACE_NONCONFORMANT' }),
    );
  });
});

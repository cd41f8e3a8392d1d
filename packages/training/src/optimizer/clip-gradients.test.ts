import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipGradients } from './clip-gradients.ts';
import { parseClip } from './clip-options.ts';

beforeAll(() => setBackend('cpu'));

const gradients = () => ({ a: tensor([3]), b: tensor([-4, 0]) });

function clipped(norm: number, clip: Parameters<typeof clipGradients>[2]): number[] {
  return tidy(() =>
    Object.values(clipGradients(gradients(), norm, clip)).flatMap((gradient) =>
      Array.from(gradient.dataSync()),
    ),
  );
}

describe('clipGradients', () => {
  it('scales all gradients alike where their norm is larger', () => {
    // Products of float32 numbers, rounded once.
    const close = [0.6, -0.8, 0].map((value) => expect.closeTo(value, 6));
    expect(clipped(5, { by: 'clipNorm', limit: 1 })).toEqual(close);
  });

  it('scales each gradient by itself, or each element', () => {
    const close = [2, -2, 0].map((value) => expect.closeTo(value, 6));
    expect(clipped(5, { by: 'clipVariableNorm', limit: 2 })).toEqual(close);
    expect(clipped(5, { by: 'clipVariableNorm', limit: 9 })).toEqual([3, -4, 0]);
    expect(clipped(5, { by: 'clipValue', limit: 3.5 })).toEqual([3, -3.5, 0]);
  });

  it('returns the gradients themselves where their norm is within the limit', () => {
    const before = memory().numTensors;
    const given = gradients();
    expect(clipGradients(given, 5, { by: 'clipNorm', limit: 5 })).toBe(given);
    for (const gradient of Object.values(given)) gradient.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('parseClip', () => {
  it('takes one limit, or none', () => {
    expect(parseClip({})).toBeUndefined();
    expect(parseClip({ clipValue: 2 })).toEqual({ by: 'clipValue', limit: 2 });
  });

  it.each([
    ['clipNorm', { clipNorm: 0 }],
    ['clipValue', { clipValue: '1' }],
    ['clipValue', { clipNorm: 1, clipValue: 1 }],
    ['clipVariableNorm', { clipVariableNorm: -1 }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => parseClip(options as never)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

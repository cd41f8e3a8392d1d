import '@tensorflow/tfjs-backend-cpu';
import type { Head } from '@retrace/models/tensors';
import { arrayWindows } from '@retrace/windowing';
import { type Scalar, setBackend, sum, type Tensor3D, tensor1d, tensor3d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { lossTerms, readTerms, stackTerms, sumTerms } from './loss-terms.ts';
import { uploadBatch } from './tensor-batch.ts';
import { lossOf } from './term-mean.ts';

beforeAll(() => setBackend('cpu'));

const heads: readonly Head[] = [
  { name: 'past', target: 'input', weight: 1 },
  { name: 'future', target: 'target', weight: 0.5 },
];
const added = { name: 'size', weight: 10, loss: ({ input }: { input: Tensor3D }) => sum<Scalar>(input) };

describe('lossTerms(model, batch, forward, loss)', () => {
  it("compares each head with its own target, over the target's own padding", () => {
    tidy(() => {
      // Two windows of two steps in and one out.
      const windows = arrayWindows({ input: [1, 2, 3, 4], shape: [2, 2, 1], target: [6, 100] });
      const batch = {
        ...windows.batch([0, 1]),
        mask: Uint8Array.of(0, 1, 1, 1),
        targetMask: Uint8Array.of(1, 0),
      };
      const uploaded = uploadBatch(batch, windows, heads);
      const outputs = { past: tensor3d([9, 2, 3, 1], [2, 2, 1]), future: tensor3d([0, 0], [2, 1, 1]) };
      const terms = lossTerms(
        { heads, losses: [added], variables: [] },
        uploaded,
        { outputs, activations: {} },
        { kind: 'mse' },
      );
      const means = readTerms(terms, stackTerms(terms).dataSync());
      expect(means).toEqual([
        { name: 'past', coefficient: 1, mean: 3, total: 3 }, // 0, 0 and 9; the 64 is padding
        { name: 'future', coefficient: 0.5, mean: 36, total: 1 },
        { name: 'size', coefficient: 10, mean: 10, total: 2 },
      ]);
      expect(lossOf(means)).toBe(3 + 18 + 100);
      expect(sumTerms(terms).dataSync()[0]).toBe(121);
    });
  });

  it.each([
    ['a vector', tensor1d([1, 2]), '[2]'],
    ['nothing', undefined, 'undefined'],
  ])('refuses an added loss that returns %s', (_, value, received) => {
    tidy(() => {
      const windows = arrayWindows({ input: [1, 2], shape: [1, 2, 1] });
      const uploaded = uploadBatch(windows.batch([0]), windows, []);
      const losses = [{ name: 'size', weight: 1, loss: () => value as unknown as Scalar }];
      const forward = { outputs: {}, activations: {} };
      expect(() =>
        lossTerms({ heads: [], losses, variables: [] }, uploaded, forward, { kind: 'mse' }),
      ).toThrow(`\`addLoss('size')\` must be a function that returns a scalar tensor. Received: ${received}`);
    });
  });

  it('passes on no weights where every element counts', () => {
    tidy(() => {
      const windows = arrayWindows({ input: [1, 2], shape: [1, 2, 1] });
      const { targets, input } = uploadBatch(windows.batch([0]), windows, heads.slice(0, 1));
      expect(targets.get('input')).toMatchObject({ weights: undefined, total: 2 });
      expect(input.mask).toBeUndefined();
    });
  });
});

import { requirements } from 'testkit';
import { expect, it } from 'vitest';
import { startNode } from './index.ts';

it.skipIf(!requirements.tensorflow.find())(
  'startNode({ threads }) claims no threads where libtensorflow had been loaded without it',
  async () => {
    await import('@tensorflow/tfjs-node');
    const { device } = await startNode({ threads: 2 });
    expect(device).toMatch(/^TensorFlow \d+\.\d+\.\d+ on (C|G)PU$/);
  },
);

import '@tensorflow/tfjs-backend-cpu';
import { mean, memory, setBackend } from '@tensorflow/tfjs-core';
import { fuzzLoader } from 'testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  classifier,
  composite,
  createModel,
  latentTarget,
  loadModel,
  reconstruct,
  type SequenceModel,
  saveModel,
} from './index.ts';
import { tensorsOf } from './tensors.ts';

/** `FUZZ_RUNS=1000000` tries as many files; each may take a second of the processor, all of them any time. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);

const size = { timesteps: 3, features: 2, units: [2] };
const specs = [
  reconstruct({ ...size, units: [2, 2], bottleneck: { units: 1 } }),
  composite({ ...size, horizon: 2, shift: -1, bridge: 'state', conditional: true, variance: true }),
  latentTarget({ ...size, dense: [2] }),
  classifier({ ...size, classes: 2, frozen: true }),
];
const files: Uint8Array[] = [];

beforeAll(async () => {
  await setBackend('cpu');
  for (const spec of specs) {
    const model = createModel(spec, { seed: files.length });
    tensorsOf(model).addLoss('sparse', ({ activations }) => mean(activations.latent!));
    files.push(await saveModel(model, { metadata: { note: '{"a":1}' } }));
    model.dispose();
  }
});

describe('loadModel', () => {
  it(
    'of any mutation of a file loads a model that is saved and loaded alike, or throws a named error',
    async () => {
      const { numTensors } = memory();
      const loader = {
        load: (bytes: Uint8Array) => loadModel(bytes, { losses: 'none' }),
        save: (model: SequenceModel) => saveModel(model),
        dispose: (model: SequenceModel) => model.dispose(),
      };
      const codes = await fuzzLoader(files, loader, RUNS);
      expect(memory().numTensors).toBe(numTensors);
      expect(process.memoryUsage().rss).toBeLessThan(2 ** 30);
      // A code that is missing would mean that the mutations no longer reach the inside.
      expect([...codes.keys()]).toEqual(
        expect.arrayContaining([
          'RETRACE_MODEL_FILE',
          'RETRACE_MODEL_SPEC',
          'RETRACE_SAFETENSORS_CHECKSUM',
          'RETRACE_SAFETENSORS_DTYPE',
          'RETRACE_SAFETENSORS_HEADER',
          'RETRACE_SAFETENSORS_LAYOUT',
          'RETRACE_SAFETENSORS_TRUNCATED',
          'RETRACE_UNSUPPORTED_VERSION',
        ]),
      );
      expect(codes.get('loaded')).toBeGreaterThan(RUNS / 100);
    },
    12 * 3_600_000,
  );
});

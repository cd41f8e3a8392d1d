import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { fuzzLoader } from 'testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallDetector } from '../fixtures/small-detector.ts';
import { type Detector, loadDetector, seriesDigest } from './index.ts';

/** `FUZZ_RUNS=1000000` tries as many files; each may take a second of the processor, all of them any time. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);

const files: Uint8Array[] = [];

beforeAll(async () => {
  await setBackend('cpu');
  const detector = await smallDetector();
  const training = { data: seriesDigest([]), seed: 1, epochs: 2, loss: 0.5 };
  files.push(await detector.save());
  files.push(await detector.save({ provenance: { training, metrics: { f1: 1 } }, metadata: { note: '{}' } }));
  detector.dispose();
});

describe('loadDetector', () => {
  it(
    'of any mutation of a file loads a detector that is saved and loaded alike, or throws a named error',
    async () => {
      const { numTensors } = memory();
      const loader = {
        load: loadDetector,
        save: (detector: Detector) => detector.save(),
        dispose: (detector: Detector) => detector.dispose(),
      };
      const codes = await fuzzLoader(files, loader, RUNS);
      expect(memory().numTensors).toBe(numTensors);
      expect(process.memoryUsage().rss).toBeLessThan(2 ** 30);
      // A code that is missing would mean that the mutations no longer reach the inside.
      expect([...codes.keys()]).toEqual(
        expect.arrayContaining([
          'RETRACE_DETECTOR_FILE',
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

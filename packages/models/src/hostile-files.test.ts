import { isRetraceError } from '@retrace/errors';
import { createRandom } from '@retrace/random';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { hostileFiles, largestAllocation, notBytes } from 'testkit';
import { describe, expect, it } from 'vitest';
import { createModel, loadModel, type ReconstructSpec, reconstruct, saveModel } from './index.ts';

const spec = reconstruct({ timesteps: 3, features: 2, units: [2, 2] });
const good = await goodFile();
async function goodFile(): Promise<Uint8Array> {
  await setBackend('cpu');
  const model = createModel(spec, { seed: 1 });
  const bytes = await saveModel(model);
  model.dispose();
  return bytes;
}

async function codeOf(bytes: unknown): Promise<string> {
  try {
    (await loadModel(bytes as Uint8Array)).dispose();
  } catch (error) {
    if (isRetraceError(error)) return error.code;
    throw error;
  }
  return 'loaded';
}

describe('loadModel refuses', () => {
  it.each(hostileFiles(good).map((file) => [file.id, file.what, file] as const))(
    '%s: %s',
    async (_, __, { bytes, code }) => {
      const { numTensors } = memory();
      const allocated = await largestAllocation(async () => {
        expect(await codeOf(bytes)).toBe(code);
      });
      // Some ask for gigabytes.
      expect(allocated).toBeLessThan(2 ** 20);
      expect(memory().numTensors).toBe(numTensors);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  it('nothing that saveModel wrote', async () => {
    expect(await codeOf(good)).toBe('loaded');
  });

  it('C16: a file cut anywhere in its header, and at 1,000 places after', async () => {
    const header = headerEnd(good);
    const random = createRandom(16);
    const lengths = Array.from({ length: header }, (_, length) => length);
    for (let cut = 0; cut < 1000; cut++) lengths.push(header + random.integer(good.length - header));
    for (const length of lengths)
      expect(await codeOf(good.subarray(0, length))).toBe('RETRACE_SAFETENSORS_TRUNCATED');
  });

  it('C17: any bit of the header flipped, and 10,000 of the data', async () => {
    const header = 8 * headerEnd(good);
    const random = createRandom(17);
    const bits = Array.from({ length: header }, (_, bit) => bit);
    for (let flip = 0; flip < 10_000; flip++) bits.push(header + random.integer(8 * good.length - header));
    for (const bit of bits) {
      const damaged = good.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(await codeOf(damaged)).toMatch(/^RETRACE_SAFETENSORS_/);
    }
  });

  it.each(notBytes)('C26: %s, which it follows nowhere', async (_, source) => {
    await expect(loadModel(source as Uint8Array)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      message: expect.stringContaining('no path or address is ever followed'),
    });
  });
});

describe('createModel refuses', () => {
  it('C12: a spec of 10^12 weights, and names the limit', () => {
    const wide = {
      ...spec,
      encoder: Array.from({ length: 64 }, () => ({ ...spec.encoder[0]!, units: 65_536 })),
    };
    expect(() => createModel(wide as ReconstructSpec)).toThrow(
      expect.objectContaining({
        code: 'RETRACE_MODEL_SPEC',
        message: expect.stringContaining('more than 268435456'),
        details: { parameters: expect.any(Number), limit: 2 ** 28 },
      }),
    );
  });

  it('C12: a spec of 10^11 numbers a window, and names the layer', () => {
    expect(() => createModel({ ...spec, timesteps: 1e6, features: 1e5 })).toThrow(
      expect.objectContaining({
        code: 'RETRACE_MODEL_SPEC',
        details: { layer: 'input', numbers: 1e11, limit: 2 ** 28 },
      }),
    );
  });
});

function headerEnd(file: Uint8Array): number {
  return 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
}

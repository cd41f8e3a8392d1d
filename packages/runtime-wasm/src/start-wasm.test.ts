import { differentiableOps } from '@retrace/ops';
import { getBackend, getGradient, memory, ones, tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startWasm } from './index.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('startWasm(options)', () => {
  it('makes the backend current, with gradients, printing nothing', async () => {
    const printed = ['log', 'info', 'warn', 'error'].map((method) => vi.spyOn(console, method as 'log'));
    const runtime = await startWasm();
    expect(runtime.name).toBe('wasm');
    // Node runs one thread whatever is asked for, and every Node this supports has SIMD.
    expect(runtime.device).toBe('WebAssembly SIMD, 1 thread');
    expect(getBackend()).toBe('wasm');
    for (const op of differentiableOps) expect(getGradient(op)).toBeTruthy();
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });

  it('called again keeps the tensors there are and leaves none behind', async () => {
    await startWasm();
    const kept = ones([3]);
    const before = memory().numTensors;
    await Promise.all([startWasm(), startWasm({ threads: 2 })]);
    expect(memory().numTensors).toBe(before);
    expect(Array.from(kept.dataSync())).toEqual([1, 1, 1]);
  });

  it('starts again after dispose()', async () => {
    const runtime = await startWasm();
    runtime.dispose();
    runtime.dispose();
    await startWasm();
    const kept = tensor([1, 2]);
    // The runtime of a backend that is gone has nothing more to shut down.
    runtime.dispose();
    expect(kept.dataSync()[1]).toBe(2);
  });

  it.each<[string, object, string]>([
    ['no thread', { threads: 0 }, '`threads` must be an integer of at least 1'],
    ['an unknown option', { thread: 1 }, '`threads`'],
  ])('refuses %s', async (_, options, message) => {
    await expect(startWasm(options)).rejects.toThrow(message);
  });

  it('says what to do when the files are not where they were said to be', async () => {
    (await startWasm()).dispose();
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const wasmPaths of [{ 'tfjs-backend-wasm.wasm': '/nowhere.wasm' }, '/nowhere/'])
      await expect(startWasm({ wasmPaths })).rejects.toMatchObject({
        code: 'RETRACE_WASM_UNAVAILABLE',
        message: expect.stringContaining('`wasmPaths`'),
      });
  });
});

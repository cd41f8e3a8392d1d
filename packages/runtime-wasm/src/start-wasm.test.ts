import { differentiableOps } from '@retrace/ops';
import { conformanceCases } from '@retrace/ops/conformance';
import { getBackend, getGradient, memory, ones, tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startWasm } from './index.ts';

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  (await startWasm({ threads: 1 })).dispose();
});

describe('startWasm(options)', () => {
  it('makes the backend current, with gradients, printing nothing', async () => {
    const printed = ['log', 'info', 'warn', 'error'].map((method) => vi.spyOn(console, method as 'log'));
    const runtime = await startWasm({ threads: 1 });
    expect(runtime.name).toBe('wasm');
    expect(runtime.device).toMatch(/^WebAssembly (relaxed )?SIMD, 1 thread$/);
    expect(getBackend()).toBe('retrace-wasm');
    for (const op of differentiableOps) expect(getGradient(op)).toBeTruthy();
    tensor([1]).dispose();
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });

  it('leaves no tensor of its warming up behind', async () => {
    const before = memory().numTensors;
    await startWasm({ threads: 1 });
    expect(memory().numTensors).toBe(before);
  });

  it.each([2, 3, 5])('starts %d threads, and they end with it', async (threads) => {
    const runtime = await startWasm({ threads });
    expect(runtime.device).toContain(`, ${threads} threads`);
    runtime.dispose();
  });

  it('runs on one thread where none can be started', async () => {
    vi.stubGlobal(
      'URL',
      class {
        constructor() {
          throw new Error('no files here');
        }
      },
    );
    expect((await startWasm({ threads: 4 })).device).toContain(', 1 thread');
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
    ['no thread', { threads: 0 }, '`threads` must be an integer from 1 to 64'],
    ['instructions there are none of', { instructions: 'AVX' }, '`instructions`'],
    ['an unknown option', { thread: 1 }, '`threads`'],
  ])('refuses %s', async (_, options, message) => {
    await expect(startWasm(options)).rejects.toThrow(message);
  });

  it('runs in JavaScript where WebAssembly has no SIMD, and says so', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const runtime = await startWasm({ threads: 2 });
    expect(runtime.name).toBe('cpu');
    expect(runtime.device).toContain('no SIMD');
    expect(getBackend()).toBe('cpu');
    for (const { run } of conformanceCases.slice(0, 5)) await run();
    runtime.dispose();
  });

  it('says what to do where it has not the instructions asked for', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    await expect(startWasm({ threads: 2, instructions: 'SIMD' })).rejects.toMatchObject({
      code: 'RETRACE_WASM_UNAVAILABLE',
      message: expect.stringContaining('`installGradients()`'),
    });
  });
});

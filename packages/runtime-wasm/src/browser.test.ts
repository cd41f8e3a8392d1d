import { conformanceCases } from '@retrace/ops/conformance';
import { requirements } from 'testkit';
import type { PageHost } from 'testkit/page-host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageOutcome } from '../fixtures/page.ts';
import type { WasmOptions } from './index.ts';

const executablePath = requirements.chromium.find();

describe.skipIf(!executablePath)('startWasm(options) in Chromium', () => {
  let host: PageHost;
  beforeAll(async () => {
    const { hostPage } = await import('testkit/page-host');
    host = await hostPage(new URL('../fixtures/', import.meta.url), executablePath!);
  });
  afterAll(() => host?.close());

  async function run(isolated: boolean, options: WasmOptions): Promise<PageOutcome> {
    const { page, problems } = await host.open(isolated);
    const outcome = await page.evaluate(
      (given) =>
        (globalThis as unknown as { conformance(options: WasmOptions): Promise<PageOutcome> }).conformance(
          given,
        ),
      options,
    );
    expect(problems).toEqual([]);
    await page.close();
    return outcome;
  }

  it.each<[boolean, WasmOptions, string]>([
    [true, { threads: 1 }, 'relaxed SIMD, 1 thread'],
    [true, { threads: 2 }, 'relaxed SIMD, 2 threads'],
    [true, { threads: 4 }, 'relaxed SIMD, 4 threads'],
    [true, { threads: 2, instructions: 'SIMD' }, 'SIMD, 2 threads'],
    [false, { threads: 2 }, 'relaxed SIMD, 1 thread'],
    [false, { instructions: 'SIMD' }, 'SIMD, 1 thread'],
  ])('passes the conformance suite, isolated %s, with %o', async (isolated, options, device) => {
    expect(await run(isolated, options)).toEqual({
      device: `WebAssembly ${device}`,
      isolated,
      cases: conformanceCases.length,
      failures: [],
    });
  });
});

import { requirements } from 'testkit';
import type { PageHost } from 'testkit/page-host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingOutcome } from '../../fixtures/page/page.ts';

const executablePath = requirements.chromium.find();

describe.skipIf(!executablePath)('fitInWorker(worker, model, windows, options) in Chromium', () => {
  let host: PageHost;
  beforeAll(async () => {
    const { hostPage } = await import('testkit/page-host');
    host = await hostPage(new URL('../../fixtures/page/', import.meta.url), executablePath!);
  });
  afterAll(() => host?.close());

  it.each([true, false])(
    'leaves the main thread free and trains as it would have, isolated %s',
    async (isolated) => {
      const { page, problems } = await host.open(isolated);
      const outcome = await page.evaluate(() =>
        (globalThis as unknown as { train(): Promise<TrainingOutcome> }).train(),
      );
      expect(problems).toEqual([]);
      const device = `WebAssembly relaxed SIMD, ${isolated ? '2 threads' : '1 thread'}`;
      expect(outcome).toMatchObject({ isolated, device, longTasks: [], same: true });
      // The training was long enough to hold a thread, and the observer would have seen it.
      expect(outcome.took).toBeGreaterThan(300);
      expect(outcome.wouldSee).toHaveLength(1);
      expect(outcome.wouldSee[0]).toBeGreaterThanOrEqual(80);
      expect(outcome.losses[1]).toBeLessThan(outcome.losses[0]!);
      await page.close();
    },
  );

  it('goes on from the checkpoints of a terminated worker in IndexedDB, to the same file', async () => {
    const { page, problems } = await host.open(true);
    const outcome = await page.evaluate(() =>
      (globalThis as unknown as { resume(): Promise<{ same: boolean; resumedFrom: number }> }).resume(),
    );
    expect(problems).toEqual([]);
    expect(outcome.same).toBe(true);
    // 30 steps: it was terminated after the 17th at the earliest, and every second one was kept.
    expect(outcome.resumedFrom).toBeGreaterThanOrEqual(14);
    await page.close();
  });
});

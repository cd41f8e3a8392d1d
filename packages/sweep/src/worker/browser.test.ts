import { requirements } from 'testkit';
import type { PageHost } from 'testkit/page-host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SweepOutcome } from '../../fixtures/page/page.ts';

const executablePath = requirements.chromium.find();

describe.skipIf(!executablePath)('sweep(configs, data, { workers }) in Chromium', () => {
  let host: PageHost;
  beforeAll(async () => {
    const { hostPage } = await import('testkit/page-host');
    host = await hostPage(new URL('../../fixtures/page/', import.meta.url), executablePath!);
  });
  afterAll(() => host?.close());

  it('trains in Web Workers what the page itself would have trained', async () => {
    const { page, problems } = await host.open(false);
    const outcome = await page.evaluate(() =>
      (globalThis as unknown as { run(): Promise<SweepOutcome> }).run(),
    );
    expect(problems).toEqual([]);
    expect(outcome).toEqual({ same: true, kept: 4, errors: ['RETRACE_TOO_FEW_WINDOWS'] });
    await page.close();
  });
});

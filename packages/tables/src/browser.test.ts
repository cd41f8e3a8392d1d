import { requirements } from 'testkit';
import type { PageHost } from 'testkit/page-host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableOutcome } from '../fixtures/page/page.ts';

const executablePath = requirements.chromium.find();

describe.skipIf(!executablePath)('readSeries and readRows in Chromium', () => {
  let host: PageHost;
  beforeAll(async () => {
    const { hostPage } = await import('testkit/page-host');
    host = await hostPage(new URL('../fixtures/page/', import.meta.url), executablePath!);
  });
  afterAll(() => host?.close());

  it('read files, gzipped ones, streams and Parquet, to the bit', async () => {
    const { page, problems } = await host.open(false);
    const outcome = await page.evaluate(() =>
      (globalThis as unknown as { read(): Promise<TableOutcome> }).read(),
    );
    expect(problems).toEqual([]);
    const written = Array.from({ length: 30_000 }, (_, row) => Math.sin(row));
    const { csv, gzipped, streamed, parquet, chunks, path } = outcome;
    // The sine of another engine's version may end in other digits; all four must read what was written.
    expect(csv).toHaveLength(written.length);
    expect(Math.max(...csv.map((value, row) => Math.abs(value - written[row]!)))).toBeLessThan(1e-15);
    for (const other of [gzipped, streamed, parquet]) expect(other).toEqual(csv);
    expect(chunks).toBeGreaterThan(1);
    expect(path).toBe('RETRACE_TABLE_SOURCE');
    await page.close();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { requirements } from 'testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleView } from '../fixtures/example-view.ts';
import { htmlReport } from './html-report.ts';

const executablePath = requirements.chromium.find();
const folder = mkdtempSync(join(tmpdir(), 'retrace-report-'));
const file = join(folder, 'report.html');

describe.skipIf(!executablePath)('htmlReport in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    const series = ['pump-1', 'a very long name of a sensor in hall 3 '.repeat(3)].map((id) =>
      exampleView({ rows: 400, id }),
    );
    const training = Array.from({ length: 20 }, (_, k) => ({ epoch: k + 1, loss: 1 / (k + 1) }));
    writeFileSync(
      file,
      htmlReport({ title: 'Pumps', summary: [], tables: [], training, series, generatedBy: 'a test' }),
    );
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(width: number): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) problems.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, problems };
  }

  it.each([1400, 400])(
    'is readable at %i px: nothing overflows, no text is tiny, nothing is fetched',
    async (width) => {
      const { page, problems } = await open(width);
      const seen = await page.evaluate(() => {
        const texts = [...document.querySelectorAll('svg text')].filter(
          (text) => text.getClientRects().length > 0,
        );
        const boxes = texts.map((text) => text.getBoundingClientRect());
        return {
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          texts: texts.length,
          smallest: Math.min(...boxes.filter(({ height }) => height > 0).map(({ height }) => height)),
          charts: [...document.querySelectorAll('svg[role=img]')].filter(
            (svg) => svg.getClientRects().length > 0,
          ).length,
        };
      });
      expect(problems).toEqual([]);
      expect(seen.overflow).toBeLessThanOrEqual(0);
      expect(seen.charts).toBe(3);
      expect(seen.texts).toBeGreaterThan(30);
      expect(seen.smallest).toBeGreaterThanOrEqual(9);
      await page.close();
    },
  );
});

import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conformanceCases } from '@retrace/ops/conformance';
import { type Browser, chromium } from 'playwright-core';
import { requirements } from 'testkit';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageOutcome } from '../fixtures/page.ts';
import type { WasmOptions } from './index.ts';

const executablePath = requirements.chromium.find();
const folder = mkdtempSync(join(tmpdir(), 'retrace-page-'));
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves the page, cross-origin isolated or not, under a policy that forbids whatever is not of the page itself. */
async function serve(isolated: boolean): Promise<Server> {
  const headers = {
    'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    ...(isolated && {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    }),
  };
  const server = createServer((request, response) => {
    const file = join(folder, new URL(request.url!, 'http://page').pathname);
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, {
      ...headers,
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.skipIf(!executablePath)('startWasm(options) in Chromium', () => {
  let browser: Browser;
  const servers: Server[] = [];

  beforeAll(async () => {
    await build({
      root: fileURLToPath(new URL('../fixtures', import.meta.url)),
      configFile: false,
      logLevel: 'silent',
      resolve: { conditions: ['@retrace/source', 'browser', 'import', 'module', 'default'] },
      build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
    });
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    servers.push(await serve(false), await serve(true));
  });

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  async function run(isolated: boolean, options: WasmOptions): Promise<PageOutcome> {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    const { port } = servers[Number(isolated)]!.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/index.html`);
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

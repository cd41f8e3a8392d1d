import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';

/** An open page. */
export interface HostedPage {
  readonly page: Page;
  /** What the page has printed or thrown so far: nothing, where all is well. */
  readonly problems: readonly string[];
}

/** A page built by Vite, served and opened in Chromium. */
export interface PageHost {
  /** Opens the page, cross-origin isolated or not. */
  open(isolated: boolean): Promise<HostedPage>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/**
 * Builds the page whose `index.html` is in a folder, from the packages' sources, and serves it under a policy that
 * forbids whatever is not of the page itself.
 */
export async function hostPage(root: URL, executablePath: string): Promise<PageHost> {
  const folder = mkdtempSync(join(tmpdir(), 'retrace-page-'));
  await build({
    root: fileURLToPath(root),
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@retrace/source', 'browser', 'import', 'module', 'default'] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const servers = [await serve(folder, false), await serve(folder, true)];
  return {
    async open(isolated) {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      const { port } = servers[Number(isolated)]!.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/index.html`);
      return { page, problems };
    },
    async close() {
      await browser.close();
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function serve(folder: string, isolated: boolean): Promise<Server> {
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

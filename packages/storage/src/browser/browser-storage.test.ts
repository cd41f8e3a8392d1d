import { requirements } from 'testkit';
import type { HostedPage, PageHost } from 'testkit/page-host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformance } from '../../fixtures/conformance.ts';
import type { PageParts } from '../../fixtures/page/page.ts';

type Page = HostedPage['page'];
type Backend = 'opfs' | 'indexeddb';

/** In the page. */
declare const parts: PageParts;

const executablePath = requirements.chromium.find();
const size = 10_000_000;

describe.skipIf(!executablePath)('browserStorage(name) in Chromium', () => {
  let host: PageHost;
  let hosted: HostedPage;
  beforeAll(async () => {
    const { hostPage } = await import('testkit/page-host');
    host = await hostPage(new URL('../../fixtures/page/', import.meta.url), executablePath!);
    hosted = await host.open(true);
  });
  afterAll(() => host?.close());

  /** Opens the page in as many tabs of a profile of their own. */
  async function openTabs(count: number): Promise<Page[]> {
    const context = await hosted.page.context().browser()!.newContext();
    const tabs: Page[] = [];
    for (let tab = 0; tab < count; tab++) {
      const page = await context.newPage();
      await page.goto(hosted.page.url());
      tabs.push(page);
    }
    return tabs;
  }

  describe.each(['opfs', 'indexeddb'] as const)('over %s', (backend: Backend) => {
    it.each(conformance.map(({ title }, index) => ({ title, index })))('$title', async ({ index }) => {
      const run = hosted.page.evaluate(([index, backend]) => parts.conform(index, { backend }), [
        index,
        backend,
      ] as const);
      await expect(run).resolves.toBeUndefined();
      expect(hosted.problems).toEqual([]);
    });

    it('is shared by tabs, of which one has the lock until it is closed', async () => {
      const [first, second] = await openTabs(2);
      await first!.evaluate(async (backend) => {
        const storage = await parts.browserStorage('shared', { backend });
        await storage.lock();
        await storage.write('a', Uint8Array.of(7));
      }, backend);
      const tryLock = () =>
        second!.evaluate(async (backend) => {
          const storage = await parts.browserStorage('shared', { backend });
          const content = await storage.read('a');
          return storage.lock().then(
            async (lock) => lock.release().then(() => `locked ${content}`),
            ({ code, message }) => `${code} ${message}`,
          );
        }, backend);
      expect(await tryLock()).toBe(
        "RETRACE_STORAGE_LOCKED Cannot lock 'shared': another tab or worker holds its lock. " +
          'Close it, or release its lock, and try again.',
      );
      await first!.close();
      await expect.poll(tryLock).toBe('locked 7');
      await second!.context().close();
    });

    it('is shared with a worker, whose lock ends with it', async () => {
      const [page] = await openTabs(1);
      const answers = await page!.evaluate(async (backend) => {
        const storage = await parts.browserStorage('of a worker', { backend });
        const { answer, worker } = await parts.lockInWorker('of a worker', { backend });
        const refusal = await storage.lock().catch(({ code }) => code);
        worker.terminate();
        let lock: unknown;
        while (!lock) lock = await storage.lock().catch(() => undefined);
        return [
          answer,
          refusal,
          await storage.list(),
          (await parts.lockInWorker('of a worker', { backend })).answer,
        ];
      }, backend);
      const locked = 'RETRACE_STORAGE_LOCKED';
      expect(answers).toEqual(['locked', locked, ['by the worker'], locked]);
      await page!.context().close();
    });

    it('has, when the page is loaded again in the middle of a write, the old or the new content', async () => {
      const [page] = await openTabs(1);
      let [written, interrupted] = [0, 0];
      for (let reload = 0; reload < 12; reload++) {
        await page!.evaluate(
          async ([backend, size, first]) => {
            const storage = await parts.browserStorage('reloaded', { backend });
            const writeOn = async () => {
              for (let number = first; ; number++) {
                sessionStorage.setItem('begun', String(number));
                await storage.write('best', parts.numbered(number, size));
                sessionStorage.setItem('written', String(number));
              }
            };
            void writeOn();
          },
          [backend, size, written + 1] as const,
        );
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
        await page!.reload();
        const found = await page!.evaluate(
          async ([backend, size]) => {
            const storage = await parts.browserStorage('reloaded', { backend });
            const content = await storage.read('best');
            const [begun, written] = [sessionStorage.begun, sessionStorage.written ?? 0].map(Number);
            if (!content) return { number: 0, whole: true, begun, written, names: await storage.list() };
            const number = (content[0]! << 8) + content.at(-1)!;
            const expected = parts.numbered(number, size);
            const whole = content.length === size && content.every((byte, k) => byte === expected[k]);
            return { number, whole, begun, written, names: await storage.list() };
          },
          [backend, size] as const,
        );
        expect(found.whole).toBe(true);
        expect(found.number).toBeGreaterThanOrEqual(found.written!);
        expect(found.number).toBeLessThanOrEqual(found.begun!);
        expect(found.names).toEqual(found.number > 0 ? ['best'] : []);
        if (found.begun! > found.written!) interrupted++;
        written = found.number;
      }
      expect(interrupted).toBeGreaterThan(3);
      expect(written).toBeGreaterThan(0);
      await page!.context().close();
    });

    it('says that the quota is used up, and keeps the old content', async () => {
      const [page] = await openTabs(1);
      const session = await page!.context().newCDPSession(page!);
      const { origin } = new URL(page!.url());
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
      const [error, content, names, next] = await page!.evaluate(
        async ([backend, size]) => {
          const storage = await parts.browserStorage('small', { backend });
          await storage.write('best', Uint8Array.of(1));
          const error = await storage
            .write('best', parts.numbered(2, size))
            .catch(({ code, message, details }) => ({ code, message, details }));
          const [content, names] = [await storage.read('best'), await storage.list()];
          await storage.write('best', Uint8Array.of(3));
          return [error, [...content!], names, [...(await storage.read('best'))!]] as const;
        },
        [backend, size] as const,
      );
      expect(error).toEqual({
        code: 'RETRACE_STORAGE_FULL',
        message: expect.stringMatching(/^Cannot write 'best' in 'small': the quota .* is untouched\.$/),
        details: expect.objectContaining({ system: 'QuotaExceededError', replaced: false }),
      });
      expect([content, names, next]).toEqual([[1], ['best'], [3]]);
      await page!.context().close();
    });

    it.each(['navigator.storage', 'indexedDB', 'navigator.locks'])(
      'says so where there is no %s',
      async (part) => {
        const [page] = await openTabs(1);
        const codes = await page!.evaluate(
          async ([backend, part]) => {
            const [owner, name] = part.startsWith('navigator.')
              ? [navigator, part.slice(10)]
              : [globalThis, part];
            Object.defineProperty(owner, name, { value: undefined });
            try {
              await (await parts.browserStorage('missing', { backend })).lock();
              return 'locked';
            } catch (error) {
              const { code, details } = error as { code: string; details: { operation: string } };
              return `${code} ${details.operation}`;
            }
          },
          [backend, part] as const,
        );
        const needed = backend === 'opfs' ? 'navigator.storage' : 'indexedDB';
        const unavailable = 'RETRACE_STORAGE_UNAVAILABLE';
        expect(codes).toBe(
          part === needed
            ? `${unavailable} open`
            : part === 'navigator.locks'
              ? `${unavailable} lock`
              : 'locked',
        );
        await page!.context().close();
      },
    );
  });

  /** Does something in a page of a profile of its own. */
  async function outcome(action: () => Promise<unknown>): Promise<unknown> {
    const [page] = await openTabs(1);
    const result = await page!.evaluate(action);
    await page!.context().close();
    return result;
  }

  it('takes IndexedDB unless told otherwise', async () => {
    const names = await outcome(async () => {
      const storage = await parts.browserStorage('default');
      await storage.write('a', Uint8Array.of(1));
      return (await parts.browserStorage('default', { backend: 'indexeddb' })).list();
    });
    expect(names).toEqual(['a']);
  });

  it('refuses other names, options and backends', async () => {
    const codes = await outcome(async () => {
      const codeOf = (opening: Promise<unknown>) => opening.catch(({ code }) => code);
      return [
        await codeOf(parts.browserStorage('../x')),
        await codeOf(parts.browserStorage('x', { backed: 'opfs' } as never)),
        await codeOf(parts.browserStorage('x', { backend: 'localStorage' } as never)),
      ];
    });
    expect(codes).toEqual(Array(3).fill('RETRACE_INVALID_ARGUMENT'));
  });

  it.each(['opfs', 'indexeddb'] as const)(
    'says that a page may not store anything over %s',
    async (backend) => {
      const [page] = await openTabs(1);
      const error = await page!.evaluate(async (backend) => {
        const refuse = () => {
          throw new DOMException('denied', 'SecurityError');
        };
        navigator.storage.getDirectory = refuse;
        indexedDB.open = refuse;
        return parts.browserStorage('denied', { backend }).catch(({ code, message }) => `${code} ${message}`);
      }, backend);
      expect(error).toBe(
        "RETRACE_STORAGE_UNAVAILABLE Cannot open 'denied': the browser does not let this page store anything " +
          '(SecurityError). Allow its data in the settings of the browser, leave private mode, or use `memoryStorage`.',
      );
      await page!.context().close();
    },
  );

  it('refuses, over opfs, a folder in the place of a content, and does not list it', async () => {
    const result = await outcome(async () => {
      const storage = await parts.browserStorage('folders', { backend: 'opfs' });
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('retrace-folders');
      await folder.getDirectoryHandle('sub.content', { create: true });
      const codeOf = (action: Promise<unknown>) => action.catch(({ code }) => code);
      return [
        await codeOf(storage.read('sub')),
        await codeOf(storage.write('sub', Uint8Array.of(1))),
        await codeOf(storage.remove('sub')),
        await storage.list(),
      ];
    });
    expect(result).toEqual([...Array(3).fill('RETRACE_STORAGE_NOT_A_FILE'), []]);
  });

  it('has, over opfs, no content where a first write was interrupted', async () => {
    const result = await outcome(async () => {
      const storage = await parts.browserStorage('interrupted', { backend: 'opfs' });
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('retrace-interrupted');
      const handle = await folder.getFileHandle('best.content', { create: true });
      await (await handle.createWritable()).write('half of');
      const before = [await storage.read('best'), await storage.list()];
      await storage.write('best', Uint8Array.of(1));
      return [...before, [...(await storage.read('best'))!], await storage.list()];
    });
    expect(result).toEqual([undefined, [], [1], ['best']]);
  });

  it("says, over opfs, that the page's data has been cleared meanwhile", async () => {
    const result = await outcome(async () => {
      const storage = await parts.browserStorage('cleared', { backend: 'opfs' });
      await storage.write('a', Uint8Array.of(1));
      await (await navigator.storage.getDirectory()).removeEntry('retrace-cleared', { recursive: true });
      const content = await storage.read('a');
      return [content, await storage.write('a', Uint8Array.of(1)).catch(({ code }) => code)];
    });
    expect(result).toEqual([undefined, 'RETRACE_STORAGE_UNAVAILABLE']);
  });

  it('goes on, over IndexedDB, with an empty database if the old one has been deleted', async () => {
    const result = await outcome(async () => {
      const storage = await parts.browserStorage('deleted');
      await storage.write('a', Uint8Array.of(1));
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('retrace-deleted');
        request.onsuccess = resolve;
        request.onblocked = reject;
      });
      await storage.write('b', Uint8Array.of(2));
      return storage.list();
    });
    expect(result).toEqual(['b']);
  });
});

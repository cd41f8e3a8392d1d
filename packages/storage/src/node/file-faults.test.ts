import { describe, expect, it } from 'vitest';
import { interceptFiles } from '../../fixtures/intercepted-file-system.ts';
import { systemError, type VolatileDisk, volatileDisk } from '../../fixtures/volatile-disk.ts';
import type { Storage, StorageLock } from '../storage.ts';
import { folderStorage } from './folder-storage.ts';

const folder = '/data/checkpoints';
const text = (content: string) => new TextEncoder().encode(content);
const read = async (storage: Storage) => {
  const content = await storage.read('best');
  return content && new TextDecoder().decode(content);
};

const codeOf: Record<string, string> = {
  ENOSPC: 'RETRACE_STORAGE_FULL',
  EIO: 'RETRACE_STORAGE_FAILED',
  EACCES: 'RETRACE_STORAGE_DENIED',
  EMFILE: 'RETRACE_STORAGE_FAILED',
};

interface Fault {
  readonly code: string;
  /** The number of the call that fails, from 1. */
  readonly at: number;
  /** Whether all later calls fail too, such as those that clean up. */
  readonly lasting: boolean;
}
type Outcome = { error?: { code: string; message: string; details: Record<string, unknown> } };

/** Runs an action while a call fails; undefined if it makes fewer. */
async function runWith(
  { code, at, lasting }: Fault,
  action: (storage: Storage, lock: StorageLock) => Promise<unknown>,
  old: string | undefined,
): Promise<(Outcome & { disk: VolatileDisk; storage: Storage; lock: StorageLock }) | undefined> {
  const disk = volatileDisk();
  if (old !== undefined) await folderStorage(folder, { fs: disk.fs }).write('best', text(old));
  let [calls, failing] = [0, false];
  const before = () => {
    if (!failing) return;
    calls++;
    if (calls === at || (lasting && calls > at)) throw systemError(code);
  };
  const storage = folderStorage(folder, { fs: interceptFiles(disk.fs, { before }) });
  const lock = await storage.lock();
  if (action !== unlock) await lock.release();
  failing = true;
  const outcome = await action(storage, lock).then(
    () => ({}),
    (error) => ({ error }),
  );
  failing = false;
  return calls < at ? undefined : { ...outcome, disk, storage, lock };
}

const unlock = (_: Storage, lock: StorageLock) => lock.release();
const faults = Object.keys(codeOf).flatMap((code) => [false, true].map((lasting) => ({ code, lasting })));

/** Runs an action once for each of its calls. */
async function forEachCall(
  fault: Omit<Fault, 'at'>,
  action: Parameters<typeof runWith>[1],
  old: string | undefined,
  check: (run: NonNullable<Awaited<ReturnType<typeof runWith>>>) => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at++) {
    const run = await runWith({ ...fault, at }, action, old);
    if (!run) return at - 1;
    if (run.error) {
      expect(run.error.code).toBe(codeOf[fault.code]);
      expect(run.error.message).toContain(`(${fault.code})`);
      expect(run.error.details).toMatchObject({ storage: folder, system: fault.code });
    }
    await check(run);
  }
}

/** What every disk that a power failure can leave has. */
async function lasting(disk: VolatileDisk): Promise<Set<string | undefined>> {
  return new Set(
    await Promise.all(disk.afterPowerFailures().map(({ fs }) => read(folderStorage(folder, { fs })))),
  );
}

describe.each(faults)(
  'folderStorage, where any one file call fails with $code, and all later: $lasting',
  (fault) => {
    it.each(['the old one', undefined])('never takes a write for done that is not, over %s', async (old) => {
      let [failed, done] = [0, 0];
      const calls = await forEachCall(
        fault,
        (storage) => storage.write('best', text('the new one')),
        old,
        async ({ error, disk, storage }) => {
          const there = await read(folderStorage(folder, { fs: disk.fs }));
          if (error) {
            failed++;
            expect(there).toBe(error.details.replaced ? 'the new one' : old);
            expect(error.message).toContain(error.details.replaced ? 'may not outlast' : 'untouched');
          } else {
            done++;
            expect(await lasting(disk)).toEqual(new Set(['the new one']));
          }
          await storage.write('other', text('next'));
          const hidden = disk.files().filter((path) => path.includes('/.'));
          expect(hidden).toEqual([]);
          expect(await read(storage)).toBe(there);
        },
      );
      expect(failed).toBeGreaterThan(8);
      // Only the closing of the folder, whose failure loses nothing.
      expect([done, calls]).toEqual([1, failed + 1]);
    });

    it('never takes a removal for done that is not', async () => {
      const calls = await forEachCall(
        fault,
        (storage) => storage.remove('best'),
        'old',
        async ({ error, disk }) => {
          if (!error) expect(await lasting(disk)).toEqual(new Set([undefined]));
        },
      );
      expect(calls).toBeGreaterThan(4);
    });

    it('rejects a reading and a listing that failed', async () => {
      const mustFail = async ({ error }: Outcome) => expect(error).toBeDefined();
      expect(await forEachCall(fault, (storage) => storage.read('best'), 'old', mustFail)).toBe(2);
      expect(await forEachCall(fault, (storage) => storage.list(), 'old', mustFail)).toBe(1);
    });

    it('lets a lock that could not be taken or released be taken later', async () => {
      const retake = async ({ storage, disk, error }: Outcome & { storage: Storage; disk: VolatileDisk }) => {
        expect(error).toBeDefined();
        const lock = await storage.lock();
        await lock.release();
        expect(disk.files()).toEqual([`${folder}/best`]);
      };
      expect(await forEachCall(fault, (storage) => storage.lock(), 'old', retake)).toBeGreaterThan(3);
    });

    it('lets a release that failed be tried again', async () => {
      const calls = await forEachCall(fault, unlock, 'old', async ({ storage, lock, error, disk }) => {
        expect(error?.details).toMatchObject({ operation: 'unlock' });
        await expect(storage.lock()).rejects.toMatchObject({ code: 'RETRACE_STORAGE_LOCKED' });
        await lock.release();
        expect(disk.files()).toEqual([`${folder}/best`]);
      });
      expect(calls).toBe(1);
    });

    it('never takes a first write, which makes the folder, for done that is not', async () => {
      const { code, lasting: all } = fault;
      let [at, failures] = [1, 0];
      for (let calls = at; calls >= at; at++) {
        const disk = volatileDisk();
        calls = 0;
        const before = () => {
          calls++;
          if (calls === at || (all && calls > at)) throw systemError(code);
        };
        const storage = folderStorage(folder, { fs: interceptFiles(disk.fs, { before }) });
        const write = () => storage.write('best', text('new'));
        const error = await write().catch(({ code }) => code);
        if (error) failures++;
        else expect(await lasting(disk)).toEqual(new Set(['new']));
        if (!all && error) {
          expect(error).toBe(codeOf[code]);
          await write();
          expect(await lasting(disk)).toEqual(new Set(['new']));
        }
      }
      expect(failures).toBeGreaterThan(12);
    });
  },
);

describe('folderStorage', () => {
  it('rejects a write of which the system takes no more bytes', async () => {
    const { fs } = volatileDisk();
    const open: typeof fs.open = async (...args) => ({
      ...(await fs.open(...args)),
      write: async () => ({ bytesWritten: 0 }),
    });
    const storage = folderStorage(folder, { fs: { ...fs, open } });
    await expect(storage.write('best', text('new'))).rejects.toMatchObject({
      code: 'RETRACE_STORAGE_FAILED',
      message: expect.stringContaining('wrote 0 of 3 bytes and then none'),
    });
  });

  it('names, of two things that went wrong, the first', async () => {
    const { fs } = volatileDisk();
    const open: typeof fs.open = async (...args) => ({
      ...(await fs.open(...args)),
      write: () => Promise.reject(systemError('ENOSPC')),
      close: () => Promise.reject(systemError('EIO')),
    });
    const storage = folderStorage(folder, { fs: { ...fs, open } });
    await storage.write('best', new Uint8Array()).catch(() => undefined);
    await expect(storage.write('best', text('new'))).rejects.toMatchObject({
      code: 'RETRACE_STORAGE_FULL',
    });
  });

  it('writes to a folder whose parent may not be read', async () => {
    const { fs } = volatileDisk();
    await folderStorage(folder, { fs }).write('best', text('old'));
    const open: typeof fs.open = async (path, flags) => {
      if (path === '/data') throw systemError('EACCES');
      return fs.open(path, flags);
    };
    const storage = folderStorage(folder, { fs: { ...fs, open } });
    await storage.write('best', text('new'));
    expect(await read(storage)).toBe('new');
  });

  it.each(['EINVAL', 'ENOTSUP', 'ENOSYS'])('writes where folders cannot be synced (%s)', async (code) => {
    const { fs } = volatileDisk();
    const sync = () => Promise.reject(systemError(code));
    const open: typeof fs.open = async (path, flags) => ({
      ...(await fs.open(path, flags)),
      ...(flags === 'r' && { sync }),
    });
    const storage = folderStorage(folder, { fs: { ...fs, open } });
    await storage.write('best', text('new'));
    expect(await read(storage)).toBe('new');
  });
});

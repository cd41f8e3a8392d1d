import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Child, startChild } from '../../fixtures/child.ts';
import { type ScratchFolder, scratchFolder } from '../../fixtures/scratch-folder.ts';
import { folderStorage } from './folder-storage.ts';
import { thisHost } from './writer.ts';
import { writerFileName } from './writer-file.ts';

let folder: ScratchFolder;
const children: Child[] = [];
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  folder.remove();
});

async function startLocker(): Promise<Child> {
  const child = startChild('locking-process.mjs', folder.path);
  children.push(child);
  await child.next();
  return child;
}

interface Plan {
  kind?: 'lock' | 'write';
  pid?: number | undefined;
  birth?: string;
  host?: string;
}

/** Leaves a file as another process would. */
function plant({ kind = 'lock', pid, birth, host }: Plan): string {
  const parts = writerFileName(kind).split('.');
  if (pid !== undefined) parts[2] = String(pid);
  if (birth !== undefined) parts[3] = birth;
  const name = [...parts.slice(0, 5), host ?? thisHost()].join('.');
  writeFileSync(folder.at(name), '');
  return name;
}

/** The number of a process that has run. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid!;
}

const isLocked = expect.objectContaining({ code: 'RETRACE_STORAGE_LOCKED' });

describe('folderStorage(folder).lock()', () => {
  it('names the process and the host that hold it', async () => {
    const child = await startLocker();
    expect(await child.ask('lock')).toBe('locked');
    const { pid } = child.process;
    await expect(folderStorage(folder.path).lock()).rejects.toMatchObject({
      code: 'RETRACE_STORAGE_LOCKED',
      message: expect.stringContaining(`process ${pid} of this host`),
      details: { storage: folder.path, pid, host: thisHost() },
    });
    expect(await child.ask('release')).toBe('released');
    await (await folderStorage(folder.path).lock()).release();
    expect(folder.names()).toEqual([]);
  });

  it('takes it from a process that was killed', async () => {
    const child = await startLocker();
    await child.ask('lock');
    await child.kill();
    expect(folder.names()).toHaveLength(1);
    const lock = await folderStorage(folder.path).lock();
    expect(folder.names()).toEqual([expect.stringContaining(`.lock.${process.pid}.`)]);
    await lock.release();
  });

  it('is released where its process ends of itself', async () => {
    const child = await startLocker();
    await child.ask('lock');
    const closed = once(child.process, 'close');
    child.process.stdin!.write('exit\n');
    await closed;
    expect(folder.names()).toEqual([]);
  });

  it('lets one of two processes take it from a dead one, each time', async () => {
    const [a, b] = [await startLocker(), await startLocker()];
    const pid = await deadPid();
    const winners = new Set<Child>();
    for (let round = 0; round < 40; round++) {
      plant({ pid });
      const answers = await Promise.all([a.ask('lock'), b.ask('lock')]);
      expect(answers.sort()).toEqual(['locked', expect.stringContaining('RETRACE_STORAGE_LOCKED')]);
      const winner = a.lines.at(-1) === 'locked' ? a : b;
      winners.add(winner);
      await winner.ask('release');
    }
    expect(winners.size).toBe(2);
    expect(folder.names()).toEqual([]);
  });

  it('is held by one at a time of three processes that all want it', async () => {
    const lockers = [await startLocker(), await startLocker(), await startLocker()];
    const times = await Promise.all(lockers.map((locker) => locker.ask('contend')));
    expect(Math.min(...times.map(Number))).toBeGreaterThan(0);
    expect(folder.names()).toEqual([]);
  });

  it('takes it from a dead process whose number another has now', async () => {
    plant({ birth: '0123456789ab' });
    await (await folderStorage(folder.path).lock()).release();
    expect(folder.names()).toEqual([]);
  });

  it('takes it from a dead process that its parent has not asked after', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
    const [pid] = await once(parent.stdout, 'data');
    // The shell has become `sleep`, which asks after no child.
    await new Promise((resolve) => setTimeout(resolve, 200));
    plant({ pid: Number(pid), birth: '' });
    expect(() => process.kill(Number(pid), 0)).not.toThrow();
    await (await folderStorage(folder.path).lock()).release();
    parent.kill();
  });

  it('does not take it from a process that lives, be it of another user', async () => {
    const kill = vi.spyOn(process, 'kill');
    for (const pid of [1, process.ppid, process.pid]) {
      if (pid === 1)
        kill.mockImplementationOnce(() => {
          throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
        });
      const name = plant({ pid, birth: '' });
      await expect(folderStorage(folder.path).lock({ takeOver: true })).rejects.toEqual(isLocked);
      expect(folder.names()).toEqual([name]);
      unlinkSync(folder.at(name));
    }
    expect(kill).toHaveBeenCalledTimes(3);
    kill.mockRestore();
  });

  it('takes it from another host only where told to, and then what that host was writing too', async () => {
    const pid = await deadPid();
    const names = [plant({ pid, host: 'elsewhere' }), plant({ kind: 'write', pid, host: 'elsewhere' })];
    const storage = folderStorage(folder.path);
    await expect(storage.lock()).rejects.toMatchObject({
      code: 'RETRACE_STORAGE_LOCKED',
      message: expect.stringMatching(/process \d+ of 'elsewhere'.*`takeOver: true`/),
      details: { pid, host: 'elsewhere' },
    });
    expect(folder.names()).toEqual(names.sort());
    await (await storage.lock({ takeOver: true })).release();
    expect(folder.names()).toEqual([]);
  });

  it('removes what dead processes were writing, and nothing that others have or that is none of its own', async () => {
    plant({ kind: 'write', pid: await deadPid() });
    const kept = [
      plant({ kind: 'write' }),
      plant({ kind: 'write', host: 'elsewhere' }),
      '.lock',
      '.lock.1',
      '.write.0..1.a',
    ];
    for (const name of kept) writeFileSync(folder.at(name), '');
    await (await folderStorage(folder.path).lock()).release();
    expect(folder.names()).toEqual(kept.sort());
  });

  it('releases its own lock only', async () => {
    const first = await folderStorage(folder.path).lock();
    const [name] = folder.names();
    renameSync(folder.at(name!), folder.at('lost'));
    const second = await folderStorage(folder.path).lock();
    await first.release();
    await expect(folderStorage(folder.path).lock()).rejects.toEqual(isLocked);
    await second.release();
  });
});

import { describe, expect, it } from 'vitest';
import { interceptFiles } from '../../fixtures/intercepted-file-system.ts';
import { type VolatileDisk, volatileDisk } from '../../fixtures/volatile-disk.ts';
import type { Storage } from '../storage.ts';
import type { FolderFileSystem } from './folder-file-system.ts';
import { folderStorage } from './folder-storage.ts';

const folder = '/data/checkpoints';
const text = (content: string) => new TextEncoder().encode(content);

/** What can be read after a power failure now, once each, in no order. */
async function readable(disk: VolatileDisk): Promise<Set<string | undefined>> {
  const contents = await Promise.all(
    disk.afterPowerFailures().map(({ fs }) => folderStorage(folder, { fs }).read('best')),
  );
  return new Set(contents.map((content) => content && new TextDecoder().decode(content)));
}

/** Cuts the power after each file call of an action, and once it is done. */
async function cutPower(
  action: (storage: Storage) => Promise<void>,
  {
    before = [],
    change = (fs) => fs,
  }: { before?: string[]; change?: (fs: FolderFileSystem) => FolderFileSystem } = {},
): Promise<{ during: Set<string | undefined>; after: Set<string | undefined>; calls: number }> {
  const disk = volatileDisk();
  for (const content of before) await folderStorage(folder, { fs: disk.fs }).write('best', text(content));
  const left: Promise<Set<string | undefined>>[] = [];
  const after = () => void left.push(readable(disk));
  await action(folderStorage(folder, { fs: interceptFiles(change(disk.fs), { after }) }));
  const during = new Set((await Promise.all(left)).flatMap((contents) => [...contents]));
  return { during, after: await readable(disk), calls: left.length };
}

const write = (storage: Storage) => storage.write('best', text('the new one'));

describe('folderStorage, where the power fails after any file call', () => {
  it('has, of a first write, nothing or all of it, and all once it has resolved', async () => {
    const { during, after, calls } = await cutPower(write);
    expect(calls).toBeGreaterThan(15);
    expect(during).toEqual(new Set([undefined, 'the new one']));
    expect(after).toEqual(new Set(['the new one']));
  });

  it('has the old content or the new one, and the new one once the write has resolved', async () => {
    const { during, after } = await cutPower(write, { before: ['an older one', 'the old one'] });
    expect(during).toEqual(new Set(['the old one', 'the new one']));
    expect(after).toEqual(new Set(['the new one']));
  });

  it('makes a folder last that another process has just made', async () => {
    const disk = volatileDisk();
    await disk.fs.mkdir('/data', { recursive: true });
    await (await disk.fs.open('/', 'r')).sync();
    await disk.fs.mkdir(folder, { recursive: true });
    await write(folderStorage(folder, { fs: disk.fs }));
    expect(await readable(disk)).toEqual(new Set(['the new one']));
  });

  it('has a removed content or not, and not once the removal has resolved', async () => {
    const { during, after } = await cutPower((storage) => storage.remove('best'), { before: ['old'] });
    expect(during).toEqual(new Set(['old', undefined]));
    expect(after).toEqual(new Set([undefined]));
  });

  it.each(['file', 'folder'])('would be seen to lose contents if it did not sync the %s', async (kind) => {
    const change = (fs: FolderFileSystem): FolderFileSystem => ({
      ...fs,
      async open(path, flags) {
        const file = await fs.open(path, flags);
        return (flags === 'wx') === (kind === 'file') ? { ...file, sync: async () => undefined } : file;
      },
    });
    const { after } = await cutPower(write, { before: ['the old one'], change });
    expect(after.size).toBeGreaterThan(1);
  });
});

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asNobody } from '../../fixtures/as-nobody.ts';
import { type ScratchFolder, scratchFolder } from '../../fixtures/scratch-folder.ts';
import { folderStorage } from './folder-storage.ts';

let folder: ScratchFolder;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => folder.remove());

const bytes = new TextEncoder().encode('new');
const refusal = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('folderStorage(folder)', () => {
  it.each(['', 'a\0b', undefined, null, 1, {}])('refuses %j as a folder', (path) => {
    expect(() => folderStorage(path as string)).toThrow(
      refusal('RETRACE_INVALID_ARGUMENT', { argument: 'folder' }),
    );
  });

  it('refuses unknown options', () => {
    expect(() => folderStorage('x', { sf: {} } as never)).toThrow(refusal('RETRACE_INVALID_ARGUMENT'));
  });

  it('is called by the absolute path, whatever becomes of the working directory', async () => {
    const before = process.cwd();
    process.chdir(folder.path);
    const storage = folderStorage('made');
    process.chdir(before);
    expect(isAbsolute(storage.name)).toBe(true);
    await storage.write('best', bytes);
    expect(readFileSync(folder.at('made/best'), 'utf8')).toBe('new');
  });

  it('makes no folder to read, list or remove', async () => {
    const storage = folderStorage(folder.at('none'));
    expect(await storage.read('best')).toBeUndefined();
    expect(await storage.list()).toEqual([]);
    await storage.remove('best');
    expect(folder.names()).toEqual([]);
  });

  it('keeps a content as a plain file of its name, and lists no others', async () => {
    const storage = folderStorage(folder.path);
    await storage.write('best', bytes);
    writeFileSync(folder.at('mine.txt'), 'mine');
    writeFileSync(folder.at('.hidden'), '');
    mkdirSync(folder.at('sub'));
    symlinkSync('best', folder.at('link'));
    expect(readFileSync(folder.at('best'), 'utf8')).toBe('new');
    expect(await storage.list()).toEqual(['best', 'mine.txt']);
  });

  it('follows no link, and touches nothing outside of its folder', async () => {
    mkdirSync(folder.at('inside'));
    writeFileSync(folder.at('outside'), 'secret');
    symlinkSync('../outside', folder.at('inside/link'));
    symlinkSync('nowhere', folder.at('inside/dangling'));
    const storage = folderStorage(folder.at('inside'));
    for (const name of ['link', 'dangling']) {
      const refused = refusal('RETRACE_STORAGE_NOT_A_FILE', { name });
      await expect(storage.read(name)).rejects.toEqual(refused);
      await expect(storage.write(name, bytes)).rejects.toEqual(refused);
      await expect(storage.remove(name)).rejects.toEqual(refused);
    }
    expect(readFileSync(folder.at('outside'), 'utf8')).toBe('secret');
  });

  it('does not open a link that has just taken the place of a file', async () => {
    writeFileSync(folder.at('outside'), 'secret');
    symlinkSync('outside', folder.at('link'));
    const { nodeFileSystem } = await import('./folder-file-system.ts');
    const lstat = async () => ({ isFile: () => true });
    const storage = folderStorage(folder.path, { fs: { ...nodeFileSystem, lstat } });
    await expect(storage.read('link')).rejects.toEqual(
      refusal('RETRACE_STORAGE_NOT_A_FILE', { system: 'ELOOP' }),
    );
  });

  it('refuses a folder and a pipe in the place of a content', async () => {
    mkdirSync(folder.at('folder'));
    execFileSync('mkfifo', [folder.at('pipe')]);
    const storage = folderStorage(folder.path);
    for (const name of ['folder', 'pipe']) {
      const refused = refusal('RETRACE_STORAGE_NOT_A_FILE', { name });
      await expect(storage.read(name)).rejects.toEqual(refused);
      await expect(storage.write(name, bytes)).rejects.toEqual(refused);
      await expect(storage.remove(name)).rejects.toEqual(refused);
    }
    expect(folder.names()).toEqual(['folder', 'pipe']);
  });

  it('says that the folder has been removed meanwhile, and goes on once it is back', async () => {
    const path = folder.at('made');
    const storage = folderStorage(path);
    await storage.write('best', bytes);
    rmSync(path, { recursive: true });
    const gone = refusal('RETRACE_STORAGE_UNAVAILABLE', { storage: path, system: 'ENOENT' });
    await expect(storage.write('best', bytes)).rejects.toEqual(gone);
    await expect(storage.lock()).rejects.toEqual(gone);
    expect(await storage.read('best')).toBeUndefined();
    mkdirSync(path);
    await storage.write('best', bytes);
    expect(await storage.list()).toEqual(['best']);
  });

  it.each(['file', 'file/below'])('refuses %s, where a file is in the way', async (name) => {
    writeFileSync(folder.at('file'), '');
    const storage = folderStorage(folder.at(name));
    const refused = refusal('RETRACE_STORAGE_UNAVAILABLE');
    await expect(storage.write('best', bytes)).rejects.toEqual(refused);
    await expect(storage.lock()).rejects.toEqual(refused);
    await expect(storage.list()).rejects.toEqual(refused);
    await expect(storage.read('best')).rejects.toEqual(refused);
  });

  it('keeps the old content in a folder that may not be written to, and says so', async () => {
    const path = folder.at('locked');
    await folderStorage(path).write('best', new TextEncoder().encode('old'));
    chmodSync(folder.path, 0o755);
    chmodSync(path, 0o555);
    const storage = folderStorage(path);
    await asNobody(async () => {
      const denied = refusal('RETRACE_STORAGE_DENIED', { system: 'EACCES' });
      await expect(storage.write('best', bytes)).rejects.toThrow(
        `Cannot write 'best' in '${path}': its permissions forbid it (EACCES). Change them, or use another folder. ` +
          'What was there before is untouched.',
      );
      await expect(storage.remove('best')).rejects.toEqual(denied);
      await expect(storage.lock()).rejects.toEqual(denied);
      expect(new TextDecoder().decode(await storage.read('best'))).toBe('old');
    });
    chmodSync(path, 0o755);
    expect(await storage.list()).toEqual(['best']);
  });

  it('takes a path that is too long for what it is', async () => {
    const storage = folderStorage(join(folder.path, 'a'.repeat(300)));
    await expect(storage.write('best', bytes)).rejects.toEqual(
      refusal('RETRACE_STORAGE_UNAVAILABLE', { system: 'ENAMETOOLONG' }),
    );
  });
});

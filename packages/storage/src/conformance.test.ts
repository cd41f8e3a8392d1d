import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { conformance } from '../fixtures/conformance.ts';
import { memoryStorage } from './memory-storage.ts';
import { folderStorage } from './node/folder-storage.ts';
import type { Storage } from './storage.ts';

const parent = () => mkdtempSync(join(tmpdir(), 'retrace storage ü-'));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const kinds: Record<string, () => () => Promise<Storage>> = {
  memoryStorage: () => {
    const storage = memoryStorage();
    return async () => storage;
  },
  folderStorage: () => {
    const folder = parent();
    folders.push(folder);
    return async () => folderStorage(join(folder, 'made', 'by it'));
  },
};

describe.each(Object.entries(kinds))('%s', (_, make) => {
  it.each(conformance)('$title', async ({ run }) => {
    const open = make();
    await expect(run(await open(), open)).resolves.toBeUndefined();
  });
});

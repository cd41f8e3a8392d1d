import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild } from '../../fixtures/child.ts';
import { type ScratchFolder, scratchFolder } from '../../fixtures/scratch-folder.ts';
import { folderStorage } from './folder-storage.ts';

/** How many processes to kill: 50, or as many as the environment says (`KILLS=1000`). */
const kills = Number(process.env.KILLS ?? 50);
const size = 4_000_000;

let folder: ScratchFolder;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => folder.remove());

/** Lets a process write content after content and kills it at a random moment; returns the last that it took for written. */
async function killWriter(way: 'storage' | 'in place', first: number): Promise<number> {
  const child = startChild('writing-process.mjs', folder.path, size, first, way);
  await child.next();
  await setTimeout(Math.random() * 60);
  await child.kill();
  const { lines } = child;
  return lines.length > 1 ? Number(lines.at(-1)) : first - 1;
}

/** The number of the content, or undefined if it is not one of them, whole. */
function numberOf(content: Uint8Array): number | undefined {
  const number = (content[0]! << 8) + content.at(-1)!;
  const whole = Buffer.alloc(size, number % 251);
  whole[0] = number >> 8;
  whole[size - 1] = number & 255;
  return whole.equals(content) ? number : undefined;
}

describe('folderStorage, whose process is killed', () => {
  it(
    `has after each of ${kills} kills what was written last, or the next, whole`,
    async () => {
      const storage = folderStorage(folder.path);
      let [written, interrupted] = [0, 0];
      for (let kill = 1; kill <= kills; kill++) {
        const told = await killWriter('storage', written + 1);
        const hidden = folder.names().filter((name) => name.startsWith('.'));
        // Each writer has removed what the killed one before has left.
        expect(hidden.filter((name) => name.startsWith('.lock'))).toHaveLength(1);
        expect(hidden.length).toBeLessThanOrEqual(2);
        interrupted += hidden.length - 1;
        const content = await storage.read('best');
        if (told > 0 || content) {
          const number = numberOf(content!);
          expect([told, told + 1]).toContain(number);
          written = number!;
        }
      }
      // The kills did meet writes, and writes did end between kills.
      expect(interrupted).toBeGreaterThan(kills / 5);
      expect(written).toBeGreaterThan(0);
      await (await storage.lock()).release();
      expect(folder.names()).toEqual(['best']);
    },
    kills * 2000,
  );

  it('is better than writing in place, which such kills tear', async () => {
    let torn = false;
    for (let kill = 1; kill <= 50 && !torn; kill++) {
      await killWriter('in place', kill * 100);
      // A kill before the first write leaves nothing to tear.
      torn = folder.names().includes('best') && numberOf(readFileSync(folder.at('best'))) === undefined;
    }
    expect(torn).toBe(true);
  });
});

import { letGo } from './first-bytes.ts';
import { accessBytes, type RandomAccess } from './random-access.ts';
import { readAll } from './read-all.ts';
import type { OpenTable } from './table-source.ts';

/**
 * Opens a table to be read in any order: where it lies, or, if its source only gives one piece after the other or what
 * it gives is compressed, from a copy of the whole in memory.
 *
 * @param magic The characters that the decompressed table is known to begin with.
 */
export async function openAnywhere(table: OpenTable, magic: string): Promise<RandomAccess> {
  const access = await table.randomAccess?.();
  if (access && access.byteLength >= magic.length) {
    const begin = await access.slice(0, magic.length);
    if (new TextDecoder('latin1').decode(begin) === magic) {
      await letGo(table.bytes);
      return access;
    }
  }
  await access?.close();
  return accessBytes(await readAll(table.bytes));
}

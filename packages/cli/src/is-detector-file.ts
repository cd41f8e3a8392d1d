import { open } from 'node:fs/promises';

/**
 * Tells whether a path is meant as a detector: by its name, or by its first bytes, the length of a header and a brace, as
 * safetensors files begin. A file that cannot be read is none.
 */
export async function isDetectorFile(path: string): Promise<boolean> {
  if (path.endsWith('.retrace')) return true;
  const file = await open(path).catch(() => undefined);
  if (!file) return false;
  try {
    const stats = await file.stat();
    // Reading a device or a FIFO may never end.
    if (!stats.isFile() || stats.size < 9) return false;
    const { buffer } = await file.read(Buffer.alloc(9), 0, 9, 0);
    return buffer[8] === 0x7b && buffer.readBigUInt64LE() <= BigInt(stats.size - 8);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

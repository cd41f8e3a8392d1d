import { readFile } from 'node:fs/promises';
import { dataFile } from './data-folder.ts';

/** Handwritten digits, 8 × 8 pixels in [0, 1], row by row. */
export interface DigitImages {
  readonly length: number;
  /** `[images, 64]` */
  readonly pixels: Float32Array;
  /** `[images]`, 0 to 9 */
  readonly digits: Uint8Array;
}

/** Reads the 1,797 test digits of UCI's optdigits. */
export async function readDigitImages(): Promise<DigitImages> {
  const lines = (await readFile(dataFile('optdigits', 'optdigits.tes'), 'utf8')).trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  const wrong = rows.findIndex((row) => row.length !== 65 || !row.every(Number.isInteger));
  if (wrong >= 0) throw new Error(`optdigits.tes has no 64 pixels and a digit in line ${wrong + 1}.`);
  return {
    length: rows.length,
    pixels: Float32Array.from(rows.flatMap((row) => row.slice(0, 64).map((value) => value / 16))),
    digits: Uint8Array.from(rows, (row) => row[64]!),
  };
}

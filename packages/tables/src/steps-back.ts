import type { RowChunk } from './row-chunk.ts';
import { quoteName } from './table-error.ts';

/** Watches the times of each entity over all chunks, and warns the first time that one steps back. */
export class StepsBack {
  readonly #onWarning: (message: string) => void;
  readonly #latest: number[] = [];
  #warned = false;

  constructor(onWarning: (message: string) => void) {
    this.#onWarning = onWarning;
  }

  look({ time, entity, ids }: RowChunk): void {
    for (let row = 0; row < time.length && !this.#warned; row++) {
      const position = entity[row]!;
      if (time[row]! < (this.#latest[position] ?? -Infinity)) this.#warn(ids[position]!);
      this.#latest[position] = time[row]!;
    }
  }

  #warn(id: string): void {
    this.#warned = true;
    this.#onWarning(
      `Time steps back within an entity (${quoteName(id)} first); rows come in the order of the file, unsorted.`,
    );
  }
}

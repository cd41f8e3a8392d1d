import type { Cell } from './table-batch.ts';

type CellArray = ArrayLike<Cell> & { slice(from: number, to: number): ArrayLike<Cell> };

/** Cells of a column that came in pieces, of which any run can be taken. */
export class PieceList {
  readonly #pieces: CellArray[] = [];
  readonly #starts: number[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(piece: CellArray): void {
    this.#pieces.push(piece);
    this.#starts.push(this.#length);
    this.#length += piece.length;
  }

  /** The cells from `from` to before `to`, which lie within: a typed array where all of them lie in such. */
  slice(from: number, to: number): ArrayLike<Cell> {
    const parts: ArrayLike<Cell>[] = [];
    for (const [i, piece] of this.#pieces.entries()) {
      const start = this.#starts[i]!;
      if (start >= to || start + piece.length <= from) continue;
      parts.push(cut(piece, Math.max(0, from - start), Math.min(piece.length, to - start)));
    }
    return parts.length === 1 ? parts[0]! : joined(parts, to - from);
  }
}

function cut(piece: CellArray, from: number, to: number): ArrayLike<Cell> {
  if (from === 0 && to === piece.length) return piece;
  return piece instanceof Float64Array ? piece.subarray(from, to) : piece.slice(from, to);
}

function joined(parts: readonly ArrayLike<Cell>[], length: number): ArrayLike<Cell> {
  let at = 0;
  if (parts.every((part) => part instanceof Float64Array)) {
    const numbers = new Float64Array(length);
    for (const part of parts) {
      numbers.set(part, at);
      at += part.length;
    }
    return numbers;
  }
  const cells = new Array<Cell>(length);
  for (const part of parts) for (let i = 0; i < part.length; i++) cells[at++] = part[i]!;
  return cells;
}

/** A tridiagonal matrix T and the orthogonal Q with A = QᵀTQ. */
export interface Tridiagonal {
  /** `[size]`. */
  readonly diagonal: Float64Array;
  /** `[size − 1]`. */
  readonly offDiagonal: Float64Array;
  /** `[size, size]`, Q. */
  readonly vectors: Float64Array;
}

/**
 * Reduces a symmetric matrix `[size, size]`, its largest number about 1, which it overwrites, to tridiagonal form by Householder reflections
 * (Golub and Van Loan, Matrix Computations, 4th ed., algorithm 8.3.1). The whole matrix is kept, not one triangle,
 * so that every loop runs along rows.
 */
export function tridiagonalise(matrix: Float64Array, size: number): Tridiagonal {
  const offDiagonal = new Float64Array(Math.max(0, size - 1));
  const reflectors: { vector: Float64Array; factor: number }[] = [];
  for (let k = 0; k < size - 1; k++) {
    const column = matrix.slice(k * size + k + 1, (k + 1) * size);
    const { vector, factor, image } = reflector(column);
    offDiagonal[k] = image;
    reflectors.push({ vector, factor });
    if (factor !== 0) reflectBothSides(matrix, size, k + 1, vector, factor);
  }
  const diagonal = Float64Array.from({ length: size }, (_, k) => matrix[k * size + k]!);
  return { diagonal, offDiagonal, vectors: transposed(product(reflectors, size), size) };
}

/** Squares below it vanish beside a matrix whose largest number is about 1, and their reciprocals overflow. */
const vanishing = 1e-290;

/** The reflection H = I − factor·vvᵀ that maps `column` to `image` times the first unit vector. */
function reflector(column: Float64Array): { vector: Float64Array; factor: number; image: number } {
  const rest = column.subarray(1).reduce((sum, value) => sum + value * value, 0);
  const first = column[0]!;
  if (rest < vanishing) return { vector: column, factor: 0, image: first };
  const length = Math.sqrt(first * first + rest);
  const image = first > 0 ? -length : length;
  const vector = column.slice();
  vector[0] = first - image;
  return { vector, factor: 2 / (rest + vector[0] ** 2), image };
}

/** A ← HAH on the block from `from`: A − vwᵀ − wvᵀ with w = p − (factor/2 · pᵀv) v and p = factor · Av. */
function reflectBothSides(
  matrix: Float64Array,
  size: number,
  from: number,
  vector: Float64Array,
  factor: number,
): void {
  const length = vector.length;
  const w = new Float64Array(length);
  let alignment = 0;
  for (let i = 0; i < length; i++) {
    const start = (from + i) * size + from;
    let sum = 0;
    for (let j = 0; j < length; j++) sum += matrix[start + j]! * vector[j]!;
    w[i] = factor * sum;
    alignment += w[i]! * vector[i]!;
  }
  for (let i = 0; i < length; i++) w[i]! -= (factor / 2) * alignment * vector[i]!;
  for (let i = 0; i < length; i++) {
    const start = (from + i) * size + from;
    const [vi, wi] = [vector[i]!, w[i]!];
    for (let j = 0; j < length; j++) matrix[start + j]! -= vi * w[j]! + wi * vector[j]!;
  }
}

/** The product of the reflections in order, built from the last, which touches the smallest block. */
function product(
  reflectors: readonly { vector: Float64Array; factor: number }[],
  size: number,
): Float64Array {
  const result = new Float64Array(size * size);
  for (let k = 0; k < size; k++) result[k * size + k] = 1;
  for (let k = reflectors.length - 1; k >= 0; k--) {
    const { vector, factor } = reflectors[k]!;
    const from = k + 1;
    const sums = new Float64Array(vector.length);
    for (let i = 0; i < vector.length; i++) {
      const start = (from + i) * size + from;
      for (let j = 0; j < vector.length; j++) sums[j]! += vector[i]! * result[start + j]!;
    }
    for (let i = 0; i < vector.length; i++) {
      const start = (from + i) * size + from;
      const share = factor * vector[i]!;
      for (let j = 0; j < vector.length; j++) result[start + j]! -= share * sums[j]!;
    }
  }
  return result;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) result[j * size + i] = matrix[i * size + j]!;
  }
  return result;
}

/**
 * Factors `matrix + ridge · I` into `L Lᵀ` and returns L (`[size, size]`, 0 above the diagonal).
 *
 * `matrix` is symmetric and has no negative eigenvalue but by rounding; `ridge` is more than 0. No pivot is below `ridge`,
 * which in exact arithmetic none can be (each is at least the least eigenvalue), so the factor is always finite.
 */
export function cholesky(matrix: Float64Array, size: number, ridge: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum + ridge, ridge)) : sum / factor[j * size + j]!;
    }
  }
  return factor;
}

/** Replaces `vector` by L⁻¹ `vector`. */
export function solveLower(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = vector[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * vector[k]!;
    vector[i] = sum / factor[i * size + i]!;
  }
}

/** Replaces `vector` by L⁻ᵀ `vector`. */
export function solveUpper(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    vector[i]! /= factor[i * size + i]!;
    const value = vector[i]!;
    for (let k = 0; k < i; k++) vector[k]! -= factor[i * size + k]! * value;
  }
}

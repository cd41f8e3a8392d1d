import type { Random } from '@retrace/random';

/**
 * Draws a `[rows, columns]` matrix uniformly from ±√(6 / (rows + columns)): Glorot and Bengio 2010, equation 16,
 * as Keras's `GlorotUniform`.
 */
export function glorotUniform(rows: number, columns: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float32Array.from({ length: rows * columns }, () => (2 * random.uniform() - 1) * limit);
}

/**
 * Draws a `[rows, columns]` matrix with orthonormal rows (or columns, if there are more rows), uniformly
 * distributed: Saxe et al. 2013, as Keras's `Orthogonal`.
 *
 * Gram–Schmidt on normal vectors is the Q of their QR decomposition with a positive diagonal of R, which is what
 * Keras's sign correction yields. A vector of which little is left is orthogonalised again: Daniel, Gragg, Kaufman and
 * Stewart 1976, whose criterion keeps full accuracy.
 */
export function orthogonal(rows: number, columns: number, random: Random): Float32Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    let norm = Math.sqrt(dot(vector, vector));
    for (let before = Infinity, pass = 0; pass < 2 && norm < Math.SQRT1_2 * before; pass++) {
      for (const unit of basis) {
        const projection = dot(unit, vector);
        for (let k = 0; k < length; k++) vector[k]! -= projection * unit[k]!;
      }
      before = norm;
      norm = Math.sqrt(dot(vector, vector));
    }
    if (norm > 1e-8) basis.push(vector.map((value) => value / norm));
  }
  const result = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      result[r * columns + c] = rows <= columns ? basis[r]![c]! : basis[c]![r]!;
    }
  }
  return result;
}

/** Makes an LSTM's bias `[4 · units]`, gates i, f, c, o: zero but for the forget gate's, which is one (Jozefowicz et al. 2015). */
export function lstmBias(units: number): Float32Array {
  return new Float32Array(4 * units).fill(1, units, 2 * units);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

import { symmetricEigen } from './symmetric-eigen.ts';

/** Variances below this share of the largest are rounding. */
const negligible = 1e-12;

export interface PrincipalComponents {
  /** The components, of the largest variance first: orthonormal, `[columns]` each. */
  readonly vectors: Float64Array[];
  /** Their share of the variance; 1 where there is none. */
  readonly explained: number;
}

/**
 * Finds the leading principal components of centred rows (`[rows, columns]`): `wanted` of them, or as many as reach a
 * share of the variance, but none without variance. Decomposes the smaller of XᵀX and XXᵀ: from an eigenvector u of the
 * latter comes the component Xᵀu / |Xᵀu|.
 */
export function principalComponents(
  rows: Float64Array,
  columns: number,
  wanted: number | { readonly variance: number },
): PrincipalComponents {
  const count = rows.length / columns;
  const wide = count < columns;
  const { values, vectors } = wide
    ? symmetricEigen(products(rows, columns), count)
    : symmetricEigen(products(transposed(rows, columns), count), columns);
  const real = values.filter((value) => value > negligible * values[0]!);
  const total = real.reduce((sum, value) => sum + value, 0);
  const enough = typeof wanted === 'number' ? Infinity : wanted.variance * total;
  const most = typeof wanted === 'number' ? wanted : real.length;
  let reached = 0;
  let kept = 0;
  while (kept < Math.min(most, real.length) && reached < enough) reached += real[kept++]!;
  return {
    vectors: Array.from({ length: kept }, (_, k) => {
      const size = wide ? count : columns;
      const vector = vectors.slice(k * size, (k + 1) * size);
      return wide ? normalised(weighted(rows, columns, vector)) : vector;
    }),
    explained: total === 0 ? 1 : reached / total,
  };
}

/** The products of all pairs of rows, `[rows, rows]`. */
function products(rows: Float64Array, columns: number): Float64Array {
  const count = rows.length / columns;
  const result = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += rows[i * columns + k]! * rows[j * columns + k]!;
      result[i * count + j] = sum;
      result[j * count + i] = sum;
    }
  }
  return result;
}

function transposed(rows: Float64Array, columns: number): Float64Array {
  const count = rows.length / columns;
  const result = new Float64Array(rows.length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++) result[j * count + i] = rows[i * columns + j]!;
  }
  return result;
}

/** The sum of the rows, each times its weight. */
function weighted(rows: Float64Array, columns: number, weights: Float64Array): Float64Array {
  const sum = new Float64Array(columns);
  for (const [i, weight] of weights.entries()) {
    for (let j = 0; j < columns; j++) sum[j]! += weight * rows[i * columns + j]!;
  }
  return sum;
}

function normalised(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

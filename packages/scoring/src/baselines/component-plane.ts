import { principalComponents } from './principal-components.ts';

/** The plane of the leading principal components. */
export interface ComponentPlane {
  /** Orthonormal, `[columns]` each. */
  readonly vectors: readonly Float64Array[];
  /** The variances along them, over n − 1. */
  readonly variances: readonly number[];
}

/** Finds the plane of the leading components of centred rows (`[rows, width]`), as `principalComponents` does. */
export function componentPlane(
  rows: Float64Array,
  width: number,
  wanted: number | { readonly variance: number },
): ComponentPlane {
  const { vectors } = principalComponents(rows, width, wanted);
  const variances = vectors.map((vector) => {
    let squares = 0;
    for (let start = 0; start < rows.length; start += width) squares += along(rows, start, vector) ** 2;
    return squares / (rows.length / width - 1);
  });
  return { vectors, variances };
}

function along(rows: Float64Array, start: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += rows[start + k]! * vector[k]!;
  return sum;
}

/** Computes `P Λ^(−1/2) Pᵀ z`, whose squares sum to T². */
export function whitened(z: Float64Array, { vectors, variances }: ComponentPlane): Float64Array {
  const sum = new Float64Array(z.length);
  for (const [index, vector] of vectors.entries()) {
    const weight = along(z, 0, vector) / Math.sqrt(variances[index]!);
    for (let k = 0; k < z.length; k++) sum[k]! += weight * vector[k]!;
  }
  return sum;
}

/** Computes `z − P Pᵀ z`, whose squares sum to SPE. */
export function beside(z: Float64Array, { vectors }: ComponentPlane): Float64Array {
  const rest = z.slice();
  for (const vector of vectors) {
    const weight = along(rest, 0, vector);
    for (let k = 0; k < z.length; k++) rest[k]! -= weight * vector[k]!;
  }
  return rest;
}

import { columnOf } from '../column-of.ts';
import { meanAndDeviation } from './mean-and-deviation.ts';

/** A correlation matrix `[features, features]` and how much of it is the identity. */
export interface ShrunkCorrelation {
  readonly correlation: number[];
  readonly shrinkage: number;
}

/**
 * Estimates the correlation of the columns of `rows` (`[n, columns]`, no `NaN`), shrunk towards the identity by the
 * intensity of Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices" (2004),
 * lemma 3.2 on the standardised columns: what `sklearn.covariance.ledoit_wolf(StandardScaler().fit_transform(rows))`
 * returns. A constant column correlates with none.
 */
export function shrunkCorrelation(rows: Float64Array, columns: number): ShrunkCorrelation {
  const n = rows.length / columns;
  const z = standardised(rows, columns);
  const sample = new Float64Array(columns * columns);
  let fourthMoment = 0;
  for (let row = 0; row < n; row++) {
    const cells = z.subarray(row * columns, (row + 1) * columns);
    let square = 0;
    for (let i = 0; i < columns; i++) {
      square += cells[i]! ** 2;
      for (let j = 0; j <= i; j++) sample[i * columns + j]! += (cells[i]! * cells[j]!) / n;
    }
    fourthMoment += square ** 2 / n;
  }
  let trace = 0;
  let norm = 0;
  for (let i = 0; i < columns; i++) {
    trace += sample[i * columns + i]!;
    for (let j = 0; j <= i; j++) norm += (i === j ? 1 : 2) * sample[i * columns + j]! ** 2;
  }
  const noise = Math.max(0, fourthMoment - norm) / n;
  const distance = Math.max(0, norm - trace ** 2 / columns);
  const shrinkage = noise === 0 ? 0 : Math.min(1, noise / distance);
  const correlation = Array.from({ length: columns * columns }, (_, cell) => {
    const [i, j] = [Math.floor(cell / columns), cell % columns];
    if (i === j) return 1;
    const value = (1 - shrinkage) * sample[Math.max(i, j) * columns + Math.min(i, j)]!;
    return Math.min(1, Math.max(-1, value));
  });
  return { correlation, shrinkage };
}

function standardised(rows: Float64Array, columns: number): Float64Array {
  const z = new Float64Array(rows.length);
  for (let column = 0; column < columns; column++) {
    const values = columnOf(rows, column, columns);
    const { mean, deviation } = meanAndDeviation(values);
    if (deviation === 0) continue;
    for (const [row, value] of values.entries()) z[row * columns + column] = (value - mean) / deviation;
  }
  return z;
}

/**
 * Writes what each feature of the row that starts at cell `start` of `residuals` adds to the row's score into the
 * same cells of `contributions`: 0 for a `NaN` residual. At least one residual of the row is a number.
 */
export type RowContributions = (residuals: Float64Array, start: number, contributions: Float64Array) => void;

/** Prepares the contributions to the mean of `measure` over the present features of a row. */
export function meanContributions(
  features: number,
  measure: (residual: number, feature: number) => number,
): RowContributions {
  return (residuals, start, contributions) => {
    let count = 0;
    for (let feature = 0; feature < features; feature++) {
      if (!Number.isNaN(residuals[start + feature])) count++;
    }
    for (let feature = 0; feature < features; feature++) {
      const residual = residuals[start + feature]!;
      contributions[start + feature] = Number.isNaN(residual) ? 0 : measure(residual, feature) / count;
    }
  };
}

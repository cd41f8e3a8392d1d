/** Tells for each value whether it is there: 1, or 0 where it is NaN; undefined where all are. */
export function observedCells(values: Float64Array): Uint8Array | undefined {
  let observed: Uint8Array | undefined;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) continue;
    observed ??= new Uint8Array(values.length).fill(1);
    observed[i] = 0;
  }
  return observed;
}

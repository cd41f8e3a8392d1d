import { type ScalerState, type Series, scale } from '@retrace/windowing';

/** Ten deviations, ranges or quartile distances from the training rows is no drift but another unit or machine. */
const farAway = 10;

/** Warns of features that lie, on average, far from the rows the scaler was fitted on. */
export function* shiftWarnings(series: readonly Series[], scaler: ScalerState): Generator<string> {
  const scaled = scale(series, scaler);
  for (const [k, feature] of scaler.features.entries()) {
    let [count, sum] = [0, 0];
    for (const { features, values } of scaled) {
      for (let cell = k; cell < values.length; cell += features.length) {
        if (Number.isNaN(values[cell])) continue;
        count++;
        sum += values[cell]!;
      }
    }
    const distance = Math.abs(sum / count);
    if (distance > farAway)
      yield `'${feature}' lies ${Number(distance.toPrecision(2))} times its training spread away from the training rows, on ` +
        'average. Is it the same quantity, in the same unit?';
  }
}

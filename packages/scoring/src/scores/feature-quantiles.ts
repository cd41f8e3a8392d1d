import { argumentError, checkNumbers } from '@retrace/errors';
import { columnOf } from '../column-of.ts';
import { quantileOf } from '../quantile.ts';
import { measuredColumn } from './feature-spread.ts';
import { leastSpread } from './least-spread.ts';
import { largestResidual } from './residuals.ts';

/** The quantiles of each feature lie this share apart. */
const intervals = 100;

/** Knots of a feature: one more than the intervals between them. */
const knotCount = intervals + 1;

/** How the residuals of each feature are spread about their median. */
export interface FeatureQuantiles {
  /** `[features]`, the median of each feature's residuals. */
  readonly center: number[];
  /** `[features, 101]`, the quantiles 0, 0.01, …, 1 of their distances from it, ascending; the last is above 0. */
  readonly knots: number[];
}

/**
 * Measures the residuals `[rows, features]` of each feature, `NaN` cells aside. The largest distance counts as at least
 * `minSpread`.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if a feature has fewer than two residuals.
 */
export function featureQuantiles(
  residuals: Float64Array,
  features: readonly string[],
  minSpread: number,
): FeatureQuantiles {
  const measures = features.map((feature, index) => {
    const column = measuredColumn(columnOf(residuals, index, features.length), feature);
    const center = quantileOf(column.toSorted(), 0.5);
    const distances = column.map((value) => Math.abs(value - center)).sort();
    const knots = Array.from({ length: knotCount }, (_, k) => quantileOf(distances, k / intervals));
    knots[intervals] = Math.max(knots[intervals]!, minSpread);
    return { center, knots };
  });
  return {
    center: measures.map(({ center }) => center),
    knots: measures.flatMap(({ knots }) => knots),
  };
}

/**
 * The share of the calibration residuals of a feature that lie nearer to its median than `distance`, between knots by
 * linear interpolation; beyond the last knot the distance as a multiple of it, above 1, so that wild rows still rank.
 */
export function shareBelow(knots: readonly number[], feature: number, distance: number): number {
  const first = feature * knotCount;
  const largest = knots[first + intervals]!;
  if (distance >= largest) return distance / largest;
  if (!(distance > knots[first]!)) return 0;
  // The last knot below the distance, by bisection.
  let [low, high] = [0, intervals];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (knots[first + middle]! < distance) low = middle;
    else high = middle;
  }
  const [below, above] = [knots[first + low]!, knots[first + high]!];
  return (low + (distance - below) / (above - below)) / intervals;
}

/** Returns the quantiles of as many features if `fields` has them, ascending. */
export function checkQuantiles(
  argument: string,
  fields: Readonly<Record<string, unknown>>,
  features: number,
): FeatureQuantiles {
  const within = { min: -largestResidual, max: largestResidual };
  const center = checkNumbers(`${argument}.center`, fields.center, features, within);
  // Twice the largest residual: a distance from a centre.
  const most = { min: 0, max: 2 * largestResidual };
  const knots = checkNumbers(`${argument}.knots`, fields.knots, features * knotCount, most);
  for (const [k, knot] of knots.entries()) {
    const isFirst = k % knotCount === 0;
    const least = k % knotCount === intervals ? leastSpread : 0;
    const below = isFirst ? 0 : knots[k - 1]!;
    if (knot < Math.max(below, least)) {
      throw argumentError(
        `${argument}.knots[${k}]`,
        `at least ${Math.max(below, least)}, as quantiles ascend`,
        knot,
      );
    }
  }
  return { center, knots };
}

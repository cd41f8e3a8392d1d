import { type SubSequenceMoments, subSequenceMoments } from './sub-sequence-moments.ts';

/** After so many sub-sequences their products are computed anew, so that rounding does not build up. */
const renewed = 1024;

/** A flat sub-sequence and one that is not are √length apart, as this correlation has it. */
const flatCorrelation = 0.5;

/**
 * Prepares the distances of sub-sequences to those of `training`: for every one of a run, the z-normalised Euclidean
 * distance to its `neighbour`th nearest in any run of the training part, from 0 to 2 √length.
 *
 * By the recurrence of STOMP (Zhu et al. 2016, "Matrix Profile II", equation 3) on the products of sub-sequences, from
 * which their correlation ρ and the distance √(2 length (1 − ρ)) follow (Mueen et al., MASS). Flat sub-sequences are
 * 0 from each other and √length from all others, as in stumpy. Time grows as the product of the lengths: about 0.4 s
 * for 10⁴ × 10⁴.
 */
export function nearestDistances(
  training: readonly Float64Array[],
  length: number,
  neighbour: number,
): (values: Float64Array) => Float64Array {
  const parts = training.map((values) => ({ values, moments: subSequenceMoments(values, length) }));
  const flats = parts.reduce((count, { moments }) => count + moments.inverses.filter(Number.isNaN).length, 0);
  return (values) => {
    const moments = subSequenceMoments(values, length);
    const best = Array.from(moments.means, () => new Float64Array(neighbour).fill(-1));
    for (const part of parts) keepBest(best, { values, moments }, part, length);
    return Float64Array.from(best, (correlations, i) => {
      const isFlat = Number.isNaN(moments.inverses[i]);
      if (isFlat) return flats >= neighbour ? 0 : Math.sqrt(length);
      for (let k = 0; k < Math.min(flats, neighbour); k++) insert(correlations, flatCorrelation);
      return Math.sqrt(2 * length * Math.max(0, 1 - correlations[neighbour - 1]!));
    });
  };
}

interface Part {
  readonly values: Float64Array;
  readonly moments: SubSequenceMoments;
}

/** Puts the correlations of all sub-sequences of `own` with all of `other` among the `best` of each, largest first. */
function keepBest(best: readonly Float64Array[], own: Part, other: Part, length: number): void {
  const [a, b] = [own.values, other.values];
  const { means, inverses } = other.moments;
  const products = new Float64Array(means.length);
  for (const [i, correlations] of best.entries()) {
    if (i % renewed === 0) {
      for (let j = 0; j < products.length; j++) products[j] = product(a, i, b, j, length);
    } else {
      const [entering, leaving] = [a[i + length - 1]!, a[i - 1]!];
      for (let j = products.length - 1; j > 0; j--) {
        products[j] = products[j - 1]! + entering * b[j + length - 1]! - leaving * b[j - 1]!;
      }
      products[0] = product(a, i, b, 0, length);
    }
    const shift = length * own.moments.means[i]!;
    const inverse = own.moments.inverses[i]!;
    let least = correlations.at(-1)!;
    for (let j = 0; j < products.length; j++) {
      // False for NaN: a flat sub-sequence has no correlation.
      const correlation = (products[j]! - shift * means[j]!) * inverse * inverses[j]!;
      if (correlation > least) least = insert(correlations, correlation);
    }
  }
}

function product(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[i + k]! * b[j + k]!;
  return sum;
}

/** Puts a value in its place among `largest`, in descending order, and returns the last that is left. */
function insert(largest: Float64Array, value: number): number {
  let place = largest.length - 1;
  if (value <= largest[place]!) return largest[place]!;
  for (; place > 0 && largest[place - 1]! < value; place--) largest[place] = largest[place - 1]!;
  largest[place] = value;
  return largest.at(-1)!;
}

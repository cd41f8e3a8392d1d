import { argumentError } from '@retrace/errors';
import type { Series } from './series.ts';

/** A feature to append: its name, its value in each row (`[rows]`), and where it is missing. */
export interface AppendedFeature {
  readonly name: string;
  readonly values: Float64Array;
  /** `[rows]`, 0 where missing. Default: nowhere. */
  readonly observed?: Uint8Array;
}

/** Returns the series with features appended; `RETRACE_INVALID_ARGUMENT` for a name that it has already. */
export function appendFeatures(series: Series, appended: readonly AppendedFeature[]): Series {
  const { id, features, time, values, observed, labels } = series;
  const names = [...features, ...appended.map(({ name }) => name)];
  for (const [k, { name }] of appended.entries()) {
    if (names.indexOf(name) < features.length + k) {
      throw argumentError('series', `without a feature '${name}', which is to be added`, features);
    }
  }
  const [before, width] = [features.length, names.length];
  const wide = new Float64Array(time.length * width);
  const flags =
    observed || appended.some((each) => each.observed) ? new Uint8Array(wide.length).fill(1) : undefined;
  for (let row = 0; row < time.length; row++) {
    for (let k = 0; k < before; k++) {
      wide[row * width + k] = values[row * before + k]!;
      if (flags && observed) flags[row * width + k] = observed[row * before + k]!;
    }
    for (const [k, each] of appended.entries()) {
      wide[row * width + before + k] = each.values[row]!;
      if (flags && each.observed) flags[row * width + before + k] = each.observed[row]!;
    }
  }
  return {
    id,
    features: names,
    time,
    values: wide,
    ...(flags && { observed: flags }),
    ...(labels && { labels }),
  };
}

import { periodOf } from './period.ts';
import type { TableProfile } from './table-profile.ts';

/** Flags of `retrace train` that fit some rows. */
export interface SuggestedFlags {
  readonly lookback: { readonly rows: number; readonly why: string };
  /** In the unit of time; absent where no step is so long that windows should not cross it. */
  readonly maxGap?: { readonly value: number; readonly why: string };
  /** Absent where the rows are too few for the default, or for any. */
  readonly split?: { readonly train: number; readonly calibration: number };
}

/** What `train` takes where runs are long enough. */
export const USUAL_LOOKBACK: number = 32;
/** Rows of the periods that are looked for. */
const SHORTEST_PERIOD = 8;
const LONGEST_PERIOD = 256;

/** Windows that a part should hold at least. */
const FEW_WINDOWS = 20;

/**
 * Suggests a lookback of one period of the feature that has the clearest, or 32 rows; a gap of three usual steps, where
 * there are longer ones; and a split that leaves each part some windows.
 */
export function suggestFlags(profile: TableProfile): SuggestedFlags {
  const gap = suggestGap(profile);
  const runs = profile.entities.count + (gap ? profile.steps.between(gap.value * (1 + 1e-9), Infinity) : 0);
  const runRows = profile.rows / runs;
  const lookback = suggestLookback(profile, Math.max(2, Math.floor(runRows / 4)));
  const median = profile.entities.rows.median;
  const fits = 0.2 * median >= lookback.rows + FEW_WINDOWS;
  return {
    lookback,
    ...(gap && { maxGap: gap }),
    ...(fits && { split: { train: 0.6, calibration: 0.2 } }),
  };
}

function suggestGap({ steps, longest }: TableProfile): SuggestedFlags['maxGap'] {
  const usual = steps.quantile(0.95);
  const longestStep = longest[0] ? longest[0].to - longest[0].from : 0;
  if (!(usual > 0) || longestStep <= 3 * usual) return undefined;
  const crossed = steps.between(3 * usual * (1 + 1e-9), Infinity);
  return { value: 3 * usual, why: `three of the usual steps; ${crossed} are longer` };
}

function suggestLookback({ features, sample }: TableProfile, most: number): SuggestedFlags['lookback'] {
  const periods = features.flatMap(({ name }, k) => {
    const period = periodOf(sample.head(k), { shortest: SHORTEST_PERIOD, longest: LONGEST_PERIOD });
    return period ? [{ name, ...period }] : [];
  });
  const [clearest] = periods.sort((a, b) => b.correlation - a.correlation);
  if (clearest) {
    const { name, rows } = clearest;
    const why = `the period of '${name}'`;
    if (rows <= most) return { rows, why };
    return { rows: most, why: `${why} is ${rows}, but the rows without a gap are few` };
  }
  if (most < USUAL_LOOKBACK) return { rows: most, why: 'a quarter of the rows without a gap' };
  return { rows: USUAL_LOOKBACK, why: 'no period stands out' };
}

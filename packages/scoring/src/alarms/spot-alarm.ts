import type { Alarm } from './create-alarm.ts';
import { driftOf, mostPeaks, peaksLevel, type SpotThresholdState } from './peaks-threshold.ts';
import { recentScores } from './recent-scores.ts';

/**
 * SPOT and DSPOT (Siffer et al. 2017, algorithms 2 and 3). An alarm teaches nothing; a peak below the threshold has the
 * tail fitted anew, to the latest peaks, where the paper keeps them all.
 */
export function spotAlarm(state: SpotThresholdState): Alarm {
  let { value, peaks, seen } = state;
  const excesses = [...state.excesses];
  const depth = state.recent.length;
  const recent = recentScores(Math.max(1, depth), state.recent);
  let drift = driftOf(state.recent);

  function learn(score: number): void {
    seen++;
    const excess = score - drift - state.base;
    if (excess > 0) {
      peaks++;
      excesses.push(excess);
      if (excesses.length > mostPeaks) excesses.shift();
      value = peaksLevel({ ...state, seen, peaks, excesses });
    }
    if (depth > 0) {
      recent.push(score);
      drift = driftOf(recent.values());
    }
  }

  return {
    push(score) {
      const threshold = Math.max(0, drift + value);
      const above = score > threshold;
      if (!above && !Number.isNaN(score)) learn(score);
      return { threshold, above };
    },
    state: () => ({
      ...state,
      value,
      peaks,
      seen,
      excesses: [...excesses],
      recent: depth > 0 ? Array.from(recent.values()) : [],
    }),
  };
}

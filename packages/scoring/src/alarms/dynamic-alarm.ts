import type { Alarm } from './create-alarm.ts';
import { dynamicLevel, paddedSequences, rowsFrom } from './dynamic-level.ts';
import type { DynamicThresholdState } from './dynamic-threshold.ts';
import { pruneSequences } from './prune-sequences.ts';
import { recentScores } from './recent-scores.ts';

/**
 * The dynamic threshold, row by row. Each row is judged in the window that it ends, so that nothing need be waited for:
 * where telemanom judges seventy rows at once, the first by the sixty-nine after it, here a sequence that is pruned at
 * its beginning is an alarm from the row on that makes it stand out.
 */
export function dynamicAlarm(state: DynamicThresholdState): Alarm {
  const { window, buffer, prune } = state;
  const recent = recentScores(window, state.recent);
  let { level } = dynamicLevel(recent.values(), buffer);

  function standsOut(): boolean {
    const scores = recent.values();
    const sequences = paddedSequences(rowsFrom(scores, level), buffer, scores.length);
    return pruneSequences(scores, sequences, prune).at(-1)?.[1] === scores.length - 1;
  }

  return {
    push(score) {
      if (Number.isNaN(score)) return { threshold: level, above: false };
      recent.push(score);
      ({ level } = dynamicLevel(recent.values(), buffer));
      return { threshold: level, above: score > level && standsOut() };
    },
    state: () => ({ ...state, recent: Array.from(recent.values()) }),
  };
}

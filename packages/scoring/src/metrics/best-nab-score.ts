import { checkFlagColumn, checkNumberColumn } from '@retrace/errors';
import type { LabelledScores } from './labelled-rows.ts';
import { checkNabOptions, type NabOptions, nabRewards } from './nab-rewards.ts';
import { type NabScore, normalisedNabScore } from './nab-score.ts';

/** The most that a threshold chosen by looking at the labels attains. */
export interface BestNabScore extends NabScore {
  /** The lowest score that is flagged; null where flagging nothing is best. */
  readonly lowestFlagged: number | null;
}

/**
 * Finds the highest NAB score that one threshold for all series attains, and the highest threshold that attains it:
 * what NAB publishes, whose optimiser looks at the labels. It is an upper bound on `nabScore`, not a performance.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if labels are not zeros and ones, one a score, or for an unknown option.
 */
export function bestNabScore(series: readonly LabelledScores[], options: NabOptions = {}): BestNabScore {
  const { costs, probation } = checkNabOptions(options);
  const rows: { readonly score: number; readonly reward: number; readonly window: number }[] = [];
  let [windows, firstWindow] = [0, 0];
  for (const [index, { scores, labels }] of series.entries()) {
    const column = checkNumberColumn(`series[${index}].scores`, scores);
    const bits = checkFlagColumn(`series[${index}].labels`, labels, column.length);
    const scored = Uint8Array.from(column, (score) => Number(!Number.isNaN(score)));
    const { rewards, windowOf, ...counted } = nabRewards({ labels: bits, scored }, probation);
    for (const [row, window] of windowOf.entries()) {
      if (window === -2) continue;
      rows.push({
        score: column[row]!,
        reward: rewards[row]!,
        window: window === -1 ? -1 : firstWindow + window,
      });
    }
    windows += counted.windows;
    firstWindow += column.length;
  }
  rows.sort((a, b) => (a.score === b.score ? 0 : b.score - a.score));
  const found = new Map<number, number>();
  let raw = -costs.fn * windows;
  let best: { raw: number; lowestFlagged: number | null } = { raw, lowestFlagged: null };
  for (const [k, { score, reward, window }] of rows.entries()) {
    if (window === -1) raw += costs.fp * reward;
    else if (reward > (found.get(window) ?? -costs.fn)) {
      raw += reward - (found.get(window) ?? -costs.fn);
      found.set(window, reward);
    }
    if (raw > best.raw && rows[k + 1]?.score !== score) best = { raw, lowestFlagged: score };
  }
  return { score: normalisedNabScore(best.raw, windows, costs), ...best };
}

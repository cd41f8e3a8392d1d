import type { LabelledFlags } from './labelled-rows.ts';
import { anySet, type Stretch, stretches } from './stretches.ts';

/** The events of one series: the longest stretches of rows labelled 1. */
export interface LabelledEvents {
  /** Those with a score in at least one row. */
  readonly events: readonly Stretch[];
  /** How many have none. */
  readonly unscored: number;
}

export function labelledEvents({ labels, scored }: Omit<LabelledFlags, 'flags'>): LabelledEvents {
  const all = stretches(labels);
  const events = scored ? all.filter((event) => anySet(scored, event)) : all;
  return { events, unscored: all.length - events.length };
}

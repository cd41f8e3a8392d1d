import { checkKeys } from '@retrace/errors';
import type { AnomalyOptions } from '@retrace/scoring';
import type { WindowStreamOptions } from '@retrace/windowing';

/** How rows of a stream are taken, and which of them make an anomaly: by default those that the detector says. */
export interface StreamOptions
  extends AnomalyOptions,
    Pick<WindowStreamOptions, 'lateness' | 'repeated' | 'maxWaiting' | 'maxEntities'> {
  /** The bytes that `state` of a stream of the same detector gave: the stream goes on where that one was. */
  readonly state?: Uint8Array;
}

/** How rows are taken, and which make an anomaly. */
export interface StreamRules {
  readonly windows: Pick<WindowStreamOptions, (typeof windowKeys)[number]>;
  readonly anomalies: AnomalyOptions;
}

const windowKeys = ['lateness', 'repeated', 'maxWaiting', 'maxEntities'] as const;
const anomalyKeys = ['minRows', 'mergeGap', 'release', 'tolerance'] as const;

/** Refuses misspelt options, and sorts the others out; what they are is checked where they are used. */
export function sortOptions(
  options: StreamOptions,
): StreamRules & { readonly state: Uint8Array | undefined } {
  checkKeys('options', options, ['state', ...windowKeys, ...anomalyKeys]);
  return {
    state: options.state,
    windows: pick(options, windowKeys),
    anomalies: pick(options, anomalyKeys),
  };
}

function pick<K extends keyof StreamOptions>(
  options: StreamOptions,
  keys: readonly K[],
): Pick<StreamOptions, K> {
  const given = keys.filter((key) => options[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, options[key]])) as Pick<StreamOptions, K>;
}

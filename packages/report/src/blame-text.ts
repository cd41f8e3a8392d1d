import type { Anomaly } from '@retrace/scoring';

/** Names the three features with the largest shares in an anomaly, such as `vibration 61 %, flow 39 %`; no line breaks in a share. */
export function blameText({ blame }: Anomaly): string {
  return blame
    .slice(0, 3)
    .map(({ feature, share }) => `${feature}\u00A0${Math.round(share * 100)}\u00A0%`)
    .join(', ');
}

import type { Anomaly } from '@retrace/scoring';

const most = 3;
const least = 0.05;

/** Names the features with the largest shares in an anomaly, such as `flow 62 %, current 30 %`. */
export function blameText({ blame }: Anomaly): string {
  return blame
    .filter(({ share }, index) => index === 0 || (index < most && share >= least))
    .map(({ feature, share }) => `${feature} ${Math.round(100 * share)} %`)
    .join(', ');
}

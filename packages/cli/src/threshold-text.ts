import { isConstantThreshold, type ThresholdState } from '@retrace/scoring';
import { countOf } from './count-of.ts';

/** Tells a threshold: its level, or that it moves. */
export function levelText(threshold: ThresholdState): string {
  return isConstantThreshold(threshold) ? threshold.value.toPrecision(4) : 'moving';
}

/** Tells how a threshold was chosen, such as `the 0.99 quantile of 500 calibration rows`. */
export function choiceText(threshold: ThresholdState): string {
  const rows = countOf(threshold.rows, 'calibration row');
  switch (threshold.kind) {
    case 'quantile': {
      const { q, standardErrors } = threshold;
      const room = standardErrors ? ` and ${countOf(standardErrors, 'standard error')}` : '';
      return `the ${q} quantile of ${rows}${room}`;
    }
    case 'sigma':
      return `${threshold.k} standard deviations above the mean of ${rows}`;
    case 'mad':
      return `${threshold.k} scaled median absolute deviations above the median of ${rows}`;
    case 'conformal':
      return `a conformal p-value of ${threshold.alpha} among ${rows}`;
    case 'budget':
      return threshold.share === undefined
        ? `at most ${threshold.alarmsPerDay} alarms a day on ${rows}`
        : `at most a share of ${threshold.share} of ${rows}`;
    case 'pot':
      return `exceeded with probability ${threshold.risk} by the tail of ${rows}`;
    case 'spot':
    case 'dspot': {
      const drift = threshold.kind === 'dspot' ? ', less the drift' : '';
      return `exceeded with probability ${threshold.risk} by the tail of ${rows} and those scored${drift}`;
    }
    case 'dynamic':
      return `dynamic over the last ${countOf(threshold.window, 'row')}, begun with ${rows}`;
  }
}

import type { Detector } from '@retrace/detector';
import type { AnomalyOptions } from '@retrace/scoring';
import { anomalyRulesText } from './anomaly-rules-text.ts';
import { countOf } from './count-of.ts';
import type { EvaluatedRows, FittingRows } from './evaluated-rows.ts';
import type { MethodFigures } from './method-figures.ts';
import { metricsText, verdictOn } from './metrics-text.ts';
import { rowCount } from './row-count.ts';
import { choiceText, levelText } from './threshold-text.ts';
import { hasDates } from './time-text.ts';

/** An evaluation to be told of. */
export interface ToldEvaluation extends EvaluatedRows {
  /** The path of the detector's file. */
  readonly path: string;
  readonly state: Detector['state'];
  /** By which anomalies, the alarms, were found. */
  readonly rules: AnomalyOptions;
  /** Of the network, first, and the baselines. */
  readonly metrics: readonly MethodFigures[];
}

/** Tells of an evaluation as plain JSON. */
export function evaluationSummary({
  path,
  state,
  rules,
  test,
  fitting,
  metrics,
}: ToldEvaluation): Record<string, unknown> {
  return {
    detector: path,
    threshold: state.threshold,
    rules,
    series: test.length,
    rows: rowCount(test),
    ...(fitting && {
      baselines: {
        train: { rows: rowCount(fitting.train), identity: fitting.identity.train },
        calibration: { rows: rowCount(fitting.calibration), identity: fitting.identity.calibration },
      },
    }),
    metrics,
    verdict: verdictOn(metrics) || null,
  };
}

/** Tells of an evaluation in a few lines and two tables. */
export function evaluationSummaryText({
  path,
  state,
  rules,
  test,
  fitting,
  metrics,
}: ToldEvaluation): string {
  const made = anomalyRulesText(rules, hasDates(test));
  const { threshold, windows } = state;
  return [
    `${path} on ${countOf(rowCount(test), 'row')} of ${countOf(test.length, 'series', 'series')}`,
    `threshold ${levelText(threshold)}, ${choiceText(threshold)}`,
    ...(made ? [made] : []),
    fitting
      ? fittingText(fitting)
      : 'no baselines: to fit them, name the tables the detector was trained on with --against',
    '',
    metricsText(metrics, { title: 'Against the labels', lookback: windows.lookback }),
  ].join('\n');
}

function fittingText({ train, calibration, identity }: FittingRows): string {
  const fitted =
    `baselines trained on ${countOf(rowCount(train), 'row')} and calibrated on ` +
    countOf(rowCount(calibration), 'row');
  const told = Object.values(identity);
  if (told.includes('other')) return `${fitted}: not the rows of the detector`;
  if (told.includes('unknown')) return `${fitted}; whether the detector was too, its file does not tell`;
  return `${fitted}, as the detector was`;
}

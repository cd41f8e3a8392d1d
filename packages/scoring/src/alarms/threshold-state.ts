import {
  checkFormat,
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  checkRecord,
  checkState,
} from '@retrace/errors';
import { type BudgetThresholdState, checkBudget } from './budget-threshold.ts';
import { type ConformalThresholdState, checkConformal } from './conformal-threshold.ts';
import { checkDynamic, type DynamicThresholdState } from './dynamic-threshold.ts';
import { checkPot, checkSpot, type PotThresholdState, type SpotThresholdState } from './peaks-threshold.ts';
import { checkQuantile, type QuantileThresholdState } from './quantile-threshold.ts';
import { checkSpread, type SpreadThresholdState } from './spread-threshold.ts';

/** A fitted threshold of one level. */
export type ConstantThresholdState =
  | QuantileThresholdState
  | SpreadThresholdState
  | ConformalThresholdState
  | BudgetThresholdState
  | PotThresholdState;

/** A fitted threshold: plain JSON. `createAlarm` applies any kind to scores. */
export type ThresholdState = ConstantThresholdState | SpotThresholdState | DynamicThresholdState;

const ownKeys = {
  quantile: ['value', 'q', 'standardErrors'],
  sigma: ['value', 'k', 'center', 'spread'],
  mad: ['value', 'k', 'center', 'spread'],
  conformal: ['value', 'alpha'],
  budget: ['value', 'share', 'alarmsPerDay', 'days'],
  pot: ['value', 'risk', 'level', 'base', 'peaks', 'tail'],
  spot: ['value', 'risk', 'level', 'base', 'peaks', 'excesses', 'seen', 'recent'],
  dspot: ['value', 'risk', 'level', 'base', 'peaks', 'excesses', 'seen', 'recent'],
  dynamic: ['window', 'buffer', 'prune', 'recent'],
} as const;

export const thresholdKinds = Object.keys(ownKeys) as (keyof typeof ownKeys)[];

/**
 * Returns `value` if it is a threshold state, such as one read from a file.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` if a later release wrote it, `RETRACE_THRESHOLD_STATE` naming the first field
 * that is not what it must be.
 */
export function checkThresholdState(value: unknown): ThresholdState {
  return checkState('RETRACE_THRESHOLD_STATE', () => checkFields(value));
}

function checkFields(state: unknown): ThresholdState {
  const fields = checkRecord('threshold', state);
  checkFormat('threshold', fields, 'retrace-threshold');
  const kind = checkOneOf('threshold.kind', fields.kind, thresholdKinds);
  checkKeys('threshold', fields, ['format', 'version', 'kind', 'rows', ...ownKeys[kind]]);
  const head = { format: 'retrace-threshold', version: 1 } as const;
  const rows = checkInteger('threshold.rows', fields.rows, { min: 1 });
  const level = () => checkNumber('threshold.value', fields.value, { min: 0 });
  switch (kind) {
    case 'quantile':
      return { ...head, kind, value: level(), ...checkQuantile(fields), rows };
    case 'sigma':
    case 'mad':
      return { ...head, kind, value: level(), ...checkSpread(fields), rows };
    case 'conformal':
      return { ...head, kind, value: level(), ...checkConformal(fields), rows };
    case 'budget':
      return { ...head, kind, value: level(), ...checkBudget(fields), rows };
    case 'pot':
      return { ...head, kind, value: level(), ...checkPot(fields), rows };
    case 'spot':
    case 'dspot':
      return { ...head, kind, ...checkSpot(kind, fields), rows };
    case 'dynamic':
      return { ...head, kind, ...checkDynamic(fields), rows };
  }
}

/** Tells whether a threshold has the same level, `value`, for every row. */
export function isConstantThreshold(threshold: ThresholdState): threshold is ConstantThresholdState {
  return threshold.kind !== 'dynamic' && threshold.kind !== 'spot' && threshold.kind !== 'dspot';
}

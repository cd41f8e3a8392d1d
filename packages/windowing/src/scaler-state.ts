import {
  argumentError,
  checkFormat,
  checkKeys,
  checkNames,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkState,
} from '@retrace/errors';
import { checkFeatures } from './check-series.ts';
import type { Scaling } from './copy-steps.ts';
import type { Series } from './series.ts';

/** How a scaler centres and spreads a feature: mean and deviation, minimum and range, median and quartiles. */
export type ScalerKind = 'standard' | 'minmax' | 'robust';

export const scalerKinds: readonly ScalerKind[] = ['standard', 'minmax', 'robust'];

/** A fitted scaler as plain JSON: a cell becomes `(value - center) / scale`. */
export interface ScalerState {
  readonly format: 'retrace-scaler';
  readonly version: 1;
  readonly kind: ScalerKind;
  /** The features it was fitted on, in order. */
  readonly features: readonly string[];
  /** Per feature, in its own unit. */
  readonly center: readonly number[];
  /** Per feature, in its own unit, above 0; 1 for a constant feature. */
  readonly scale: readonly number[];
  /** The features that did not vary in the rows it was fitted on. */
  readonly constant: readonly string[];
}

/**
 * Returns a scaler state read from a file, checked field by field.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` for a state of a later version; `RETRACE_SCALER_STATE`, naming the field, for
 * anything else that `fitScaler` would not have made.
 */
export function checkScalerState(value: unknown): ScalerState {
  return checkState('RETRACE_SCALER_STATE', () => {
    const fields = checkRecord('scaler', value);
    checkFormat('scaler', fields, 'retrace-scaler');
    checkKeys('scaler', fields, ['format', 'version', 'kind', 'features', 'center', 'scale', 'constant']);
    const features = checkNames('scaler.features', fields.features);
    return {
      format: 'retrace-scaler',
      version: 1,
      kind: checkOneOf('scaler.kind', fields.kind, scalerKinds),
      features,
      center: checkNumbers('scaler.center', fields.center, features.length),
      scale: checkNumbers('scaler.scale', fields.scale, features.length, { min: Number.MIN_VALUE }),
      constant: checkConstant(fields.constant, features),
    };
  });
}

/** Returns what a scaler does to the cells of a series, after checking the state and that the features are its own. */
export function scalingFor(series: Series, state: ScalerState): Scaling {
  const { features, center, scale } = checkScalerState(state);
  checkFeatures(series, features);
  return { center: Float64Array.from(center), scale: Float64Array.from(scale) };
}

function checkConstant(value: unknown, features: readonly string[]): string[] {
  const known = Array.isArray(value) && value.every((name) => features.includes(name));
  if (known && new Set(value).size === value.length) return [...value];
  throw argumentError('scaler.constant', 'an array of some of `scaler.features`, each once', value);
}

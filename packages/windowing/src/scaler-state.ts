import { RetraceError, received } from '@retrace/errors';
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
  if (typeof value !== 'object' || value === null) throw stateError('the state', 'an object', value);
  const { format, version, kind, features, center, scale, constant } = value as Record<string, unknown>;
  if (format !== 'retrace-scaler') throw stateError('format', "'retrace-scaler'", format);
  if (version !== 1) {
    if (!Number.isInteger(version) || (version as number) < 1) throw stateError('version', '1', version);
    throw new RetraceError(
      'RETRACE_UNSUPPORTED_VERSION',
      `This release reads scaler states of version 1. Received: version ${version}. Update @retrace/windowing.`,
      { format, version },
    );
  }
  const known = scalerKinds.find((name) => name === kind);
  if (!known) throw stateError('kind', `one of ${scalerKinds.join(', ')}`, kind);
  const names = checkNames('features', features);
  if (names.length === 0) throw stateError('features', 'at least one name', features);
  const constants = checkNames('constant', constant);
  const stranger = constants.find((name) => !names.includes(name));
  if (stranger !== undefined) throw stateError('constant', 'some of `features`', stranger);
  return {
    format,
    version,
    kind: known,
    features: names,
    center: checkNumbers('center', center, names.length, -Infinity),
    scale: checkNumbers('scale', scale, names.length, 0),
    constant: constants,
  };
}

/** Returns what a scaler does to the cells of a series, after checking the state and that the features are its own. */
export function scalingFor(series: Series, state: ScalerState): Scaling {
  const { features, center, scale } = checkScalerState(state);
  checkFeatures(series, features);
  return { center: Float64Array.from(center), scale: Float64Array.from(scale) };
}

function checkNames(field: string, value: unknown): string[] {
  const isList = Array.isArray(value) && value.every((name) => typeof name === 'string');
  if (!isList || new Set(value).size < value.length)
    throw stateError(field, 'an array of distinct names', value);
  return [...value];
}

function checkNumbers(field: string, value: unknown, length: number, above: number): number[] {
  if (!Array.isArray(value) || value.length !== length) {
    throw stateError(field, `an array of ${length} numbers, one per feature`, value);
  }
  const wrong = value.findIndex((number: unknown) => !Number.isFinite(number) || (number as number) <= above);
  if (wrong < 0) return [...value];
  throw stateError(
    `${field}[${wrong}]`,
    above === 0 ? 'a finite number above 0' : 'a finite number',
    value[wrong],
  );
}

function stateError(field: string, expected: string, value: unknown): RetraceError {
  return new RetraceError(
    'RETRACE_SCALER_STATE',
    `A scaler state must have ${expected} as \`${field}\`. Received: ${received(value)}. Use one that \`fitScaler\` made.`,
    { field, expected, received: received(value) },
  );
}

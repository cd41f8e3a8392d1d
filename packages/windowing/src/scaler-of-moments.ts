import { RetraceError } from '@retrace/errors';
import type { Moments } from './moments.ts';
import type { EntityScaling, ScalerKind, ScalerState, UnseenEntity } from './scaler-state.ts';

/** What a scaler is made of. */
export interface ScalerParts {
  readonly kind: ScalerKind;
  readonly features: readonly string[];
  readonly log: readonly string[];
  readonly moments: Moments;
  readonly entities: ReadonlyMap<string, Moments> | undefined;
  readonly unseen: UnseenEntity;
  /** Gives the quartiles of feature `k`, of one entity or of all rows. Called for `'robust'` only. */
  quartiles(k: number, id?: string): readonly [lower: number, median: number, upper: number];
}

/**
 * Makes a scaler of the moments of its training rows. In an entity's own scaling, a feature that it has no observed cell
 * of takes the pooled centre and spread, one that does not vary in it the pooled spread.
 */
export function scalerOfMoments(parts: ScalerParts): ScalerState {
  const { kind, features, log, moments, entities, unseen } = parts;
  checkObserved(features, moments);
  const pooled = features.map((_, k) => spreadOf(parts, moments, k));
  const center = pooled.map(([middle]) => middle);
  const scale = pooled.map(([, spread]) => (spread === 0 ? 1 : spread));
  const own = (id: string, of: Moments): EntityScaling => {
    const fitted = features.map((_, k) => (of.count[k] === 0 ? [center[k]!, 0] : spreadOf(parts, of, k, id)));
    return {
      id,
      center: fitted.map(([middle]) => middle!),
      scale: fitted.map(([, spread], k) => (spread === 0 ? scale[k]! : spread!)),
    };
  };
  return {
    format: 'retrace-scaler',
    version: 1,
    kind,
    features: [...features],
    center,
    scale,
    constant: features.filter((_, k) => pooled[k]![1] === 0),
    ...(log.length > 0 && { log: [...log] }),
    ...(entities && { entities: [...entities].map(([id, of]) => own(id, of)), unseen }),
  };
}

/** The centre and the spread of a feature; a spread of 0 is a feature that does not vary. */
function spreadOf(
  parts: ScalerParts,
  moments: Moments,
  k: number,
  id?: string,
): readonly [middle: number, spread: number] {
  const { min, max } = moments;
  if (min[k] === max[k]) return [min[k]!, 0];
  const [middle, spread] = fitted(parts, moments, k, id);
  if (Number.isFinite(middle) && Number.isFinite(spread)) return [middle, spread];
  throw overflowError(parts.features[k]!, min[k]!, max[k]!);
}

function fitted(
  { kind, quartiles }: ScalerParts,
  { count, origin, mean, squares, min, max }: Moments,
  k: number,
  id: string | undefined,
): readonly [middle: number, spread: number] {
  if (kind === 'minmax') return [min[k]!, max[k]! - min[k]!];
  const deviation = Math.sqrt(squares[k]! / count[k]!);
  if (kind === 'standard') return [origin[k]! + mean[k]!, deviation];
  const [lower, median, upper] = quartiles(k, id);
  return [median, upper - lower || deviation];
}

function checkObserved(features: readonly string[], { count }: Moments): void {
  const missing = features.filter((_, k) => count[k] === 0);
  if (missing.length === 0) return;
  throw new RetraceError(
    'RETRACE_UNOBSERVED',
    `Every feature must have an observed cell to be scaled by. Received none for: ${missing.join(', ')}. ` +
      'Leave these features out, or give more rows.',
    { features: missing },
  );
}

function overflowError(feature: string, min: number, max: number): RetraceError {
  return new RetraceError(
    'RETRACE_NOT_FINITE',
    `The spread of '${feature}' must be finite. Received: values from ${min} to ${max}, too far apart for ` +
      'float64. Repair the values or change their unit.',
    { feature, min, max },
  );
}

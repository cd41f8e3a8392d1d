import { RetraceError } from '@retrace/errors';
import { checkFeatures } from './check-series.ts';
import { checkScalerState, type FittedScaling, type ScalerState } from './scaler-state.ts';
import type { Series } from './series.ts';

/** What a scaler does to the cells of an entity: `(value - center) / scale`, per feature, of the logarithm where said. */
export interface Scaling {
  readonly center: Float64Array;
  readonly scale: Float64Array;
  /** `[features]`, 1 where the signed logarithm of the value is scaled. Absent where that is nowhere. */
  readonly log?: Uint8Array;
}

/** sign(x) log(1 + |x|): the logarithm of a quantity that may be 0 or negative, about the identity near 0. */
export function signedLog(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

/** Undoes {@link signedLog}. */
function signedExp(value: number): number {
  return Math.sign(value) * Math.expm1(Math.abs(value));
}

/** Scales a cell of feature `k`, in float64. */
export function scaleCell({ center, scale, log }: Scaling, k: number, value: number): number {
  return ((log?.[k] === 1 ? signedLog(value) : value) - center[k]!) / scale[k]!;
}

/** Undoes {@link scaleCell}. */
export function unscaleCell({ center, scale, log }: Scaling, k: number, scaled: number): number {
  const value = scaled * scale[k]! + center[k]!;
  return log?.[k] === 1 ? signedExp(value) : value;
}

/**
 * Compiles a state into what it does to the rows of an entity by its id; without an id: what is pooled.
 *
 * @throws From what is returned, `RETRACE_UNSEEN_ENTITY` for an entity that was not in training, if the state says so.
 */
export function scalingsOf(state: ScalerState): (id?: string) => Scaling {
  return compile(checkScalerState(state));
}

/** Compiles a state for each of some series, after checking that their features are its own. */
export function scalingsFor(series: readonly Series[], state: ScalerState): Scaling[] {
  const checked = checkScalerState(state);
  checkFeatures(series[0]!, checked.features);
  const scalingOf = compile(checked);
  return series.map(({ id }) => scalingOf(id));
}

function compile({ features, center, scale, log, entities, unseen }: ScalerState): (id?: string) => Scaling {
  const logs = log && { log: Uint8Array.from(features, (name) => (log.includes(name) ? 1 : 0)) };
  const scalingOf = (fitted: FittedScaling): Scaling => ({
    center: Float64Array.from(fitted.center),
    scale: Float64Array.from(fitted.scale),
    ...logs,
  });
  const pooled = scalingOf({ center, scale });
  const own = new Map(entities?.map((entity) => [entity.id, scalingOf(entity)]));
  return (id) => {
    const scaling = id === undefined ? pooled : own.get(id);
    if (!scaling && unseen === 'refuse') throw unseenError(id!, own.size);
    return scaling ?? pooled;
  };
}

function unseenError(id: string, known: number): RetraceError {
  return new RetraceError(
    'RETRACE_UNSEEN_ENTITY',
    `The scaler must have been fitted on rows of '${id}'. Received: a scaler of ${known} other entities that refuses ` +
      "those it has not seen. Fit it with rows of this one too, or with `unseen: 'pooled'`.",
    { series: id, known },
  );
}

import { argumentError, checkKeys, checkOneOf, RetraceError } from '@retrace/errors';
import { checkFeatures, checkSeries } from './check-series.ts';
import { addMoments, emptyMoments, type Moments, mergeMoments, type Transform } from './moments.ts';
import { type ScalerParts, scalerOfMoments } from './scaler-of-moments.ts';
import {
  type ScalerKind,
  type ScalerState,
  scalerKinds,
  type UnseenEntity,
  unseenRules,
} from './scaler-state.ts';
import { momentsState, readStatistics, type ScalerStatistics } from './scaler-statistics.ts';
import { signedLog } from './scaling.ts';
import type { Series } from './series.ts';

export interface FitScalerOptions {
  /** Default `'standard'`. */
  readonly kind?: ScalerKind;
  /** The features of which sign(x) log(1 + |x|) is scaled instead of x, for quantities over several magnitudes. */
  readonly log?: readonly string[];
  /** Whether all rows are scaled alike, `'pool'`, or each `'entity'` by its own rows. Default `'pool'`. */
  readonly by?: 'pool' | 'entity';
  /** With `by: 'entity'`, how one is scaled that was not in training. Default `'pooled'`. */
  readonly unseen?: UnseenEntity;
}

/** Fits a scaler to rows that come in pieces, or in shards, in one pass and constant memory. */
export interface ScalerFitter {
  /** Adds the observed cells of rows; throws what `fitScaler` throws for them. */
  add(series: readonly Series[]): void;
  /** Adds the rows of another fitter with the same options: order does not matter but for rounding, below 1e-12. */
  merge(statistics: ScalerStatistics): void;
  /** Returns what was added so far, as plain JSON. */
  statistics(): ScalerStatistics;
  /** Returns the scaler of the rows added so far; throws what `fitScaler` throws. */
  finish(): ScalerState;
}

/** A fitter that does not say what it does for `'robust'`. */
export interface MomentsFitter extends Omit<ScalerFitter, 'finish'> {
  finish(quartiles: ScalerParts['quartiles']): ScalerState;
  readonly transforms: readonly (Transform | undefined)[];
}

/**
 * Makes a fitter for `'standard'` and `'minmax'`; `'robust'` must see all rows at once, in `fitScaler`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`; from `merge` also `RETRACE_FEATURES` for rows of other features, and
 * `RETRACE_SCALER_STATISTICS`, `RETRACE_UNSUPPORTED_VERSION` for what no fitter made.
 */
export function createScalerFitter(options: FitScalerOptions = {}): ScalerFitter {
  if (options.kind === 'robust') {
    const remedy = "Quartiles need all rows at once: use `fitScaler` for 'robust'.";
    throw argumentError('kind', "'standard' or 'minmax'", options.kind, remedy);
  }
  const { add, merge, statistics, finish } = momentsFitter(options);
  return { add, merge, statistics, finish: () => finish(() => [0, 0, 0]) };
}

/** Makes a fitter that is told the quartiles at its end. */
export function momentsFitter(options: FitScalerOptions): MomentsFitter {
  checkKeys('options', options, ['kind', 'log', 'by', 'unseen']);
  const { log = [], by = 'pool', unseen = 'pooled' } = options;
  const kind = checkOneOf('kind', options.kind ?? 'standard', scalerKinds);
  checkOneOf('by', by, ['pool', 'entity']);
  checkOneOf('unseen', unseen, unseenRules);
  if (options.unseen !== undefined && by === 'pool')
    throw argumentError('unseen', "left out unless `by: 'entity'`", unseen);
  if (!Array.isArray(log)) throw argumentError('log', 'an array of features', log);
  const entities = by === 'entity' ? new Map<string, Moments>() : undefined;
  let fitted:
    | { features: readonly string[]; moments: Moments; transforms: (Transform | undefined)[] }
    | undefined;

  const begin = (features: readonly string[]) => {
    const unknown = log.find((name) => !features.includes(name));
    if (unknown !== undefined)
      throw argumentError('log', `some of the features ${features.join(', ')}`, unknown);
    const transforms = features.map((name) => (log.includes(name) ? signedLog : undefined));
    fitted ??= { features: [...features], moments: emptyMoments(features.length), transforms };
    return fitted;
  };
  const momentsOf = (id: string, width: number): Moments => {
    const own = entities!.get(id) ?? emptyMoments(width);
    entities!.set(id, own);
    return own;
  };
  const known = () => {
    if (fitted) return fitted;
    throw new RetraceError(
      'RETRACE_UNOBSERVED',
      'A scaler must have rows to be fitted on. Received: none. Add some.',
    );
  };
  return {
    get transforms() {
      return known().transforms;
    },
    add(series) {
      checkSeries(series);
      const { features, moments, transforms } = fitted ?? begin(series[0]!.features);
      checkFeatures(series[0]!, features);
      for (const each of series) {
        addMoments(moments, each, transforms);
        if (entities) addMoments(momentsOf(each.id, features.length), each, transforms);
      }
    },
    merge(statistics) {
      const read = readStatistics(statistics);
      const { features, moments } = fitted ?? begin(read.features);
      checkFeatures({ id: 'statistics', features: read.features }, features);
      if (!read.entities !== !entities || read.log.join() !== log.join()) {
        throw argumentError('statistics', 'those of a fitter with the same `by` and `log`', statistics);
      }
      mergeMoments(moments, read.moments);
      for (const [id, of] of read.entities ?? []) mergeMoments(momentsOf(id, features.length), of);
    },
    statistics() {
      const { features, moments } = known();
      return {
        format: 'retrace-scaler-statistics',
        version: 1,
        features,
        log,
        ...momentsState(moments),
        ...(entities && { entities: [...entities].map(([id, of]) => ({ id, ...momentsState(of) })) }),
      };
    },
    finish(quartiles) {
      const { features, moments } = known();
      return scalerOfMoments({ kind, features, log, moments, entities, unseen, quartiles });
    },
  };
}

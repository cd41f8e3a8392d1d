import { argumentError, checkKeys, checkNames, checkNumber, checkOneOf, RetraceError } from '@retrace/errors';
import { columnOf } from '../column-of.ts';
import { type EntityRowCount, rowsByEntity } from './entity-rows.ts';
import { featureQuantiles } from './feature-quantiles.ts';
import { featureSpread, measuredColumn } from './feature-spread.ts';
import { leastSpread } from './least-spread.ts';
import { usableResiduals } from './residuals.ts';
import { type ScorerState, scorerKinds } from './scorer-state.ts';
import { shrunkCorrelation } from './shrunk-correlation.ts';
import { checkSmoothing, type Smoothing } from './smoothing.ts';
import { checkSpreadPrior, type SpreadPrior } from './spread-prior.ts';

/** Which score to fit. */
export interface ScorerSpec {
  /**
   * `'mae'`: mean magnitude of the residuals. `'mse'`: mean square. `'standardised'` (default): mean square after
   * subtracting each feature's calibration mean and dividing by its calibration spread. `'gaussian'`: squared
   * Mahalanobis distance over the number of features, which also sees features that depart from moving together.
   * These two average about 1 over the calibration rows. `'quantile'`: the mean share of the calibration residuals of a
   * feature that lie nearer to their median, whatever their distribution; beyond the farthest, the distance as a multiple
   * of its. `'likelihood'`: of residuals by `negativeLogLikelihood`, their mean above the least of the calibration rows.
   */
  readonly kind?: ScorerState['kind'];
  /** For `'standardised'`: measure by median and median absolute deviation, for calibration rows with anomalies among them. Default false. */
  readonly robust?: boolean;
  /**
   * For `'standardised'`: the most spreads that one residual counts as (it is winsorised there), so that with
   * `smoothing` a lasting departure outweighs a single wild row. Default none.
   */
  readonly clip?: number;
  /** For `'gaussian'`: of the magnitudes of the residuals, as Malhotra et al. 2016 have it, not of the residuals. Default false. */
  readonly magnitudes?: boolean;
  /**
   * The least spread, in scaled units, default 0.001: a feature that the model retraces almost exactly (a constant one)
   * does not drown the others at its first stir.
   */
  readonly minSpread?: number;
  /**
   * For `'standardised'` and `'gaussian'`: whether residuals are measured from their calibration mean (default), or from 0,
   * where those of a reconstruction belong. Few calibration rows, or rows that drift, tell little of a mean.
   */
  readonly centered?: boolean;
  /**
   * For `'standardised'` and `'gaussian'`: a spread to begin with, so that few calibration rows, or a feature that stood
   * still in them, do not make the least stir look like an anomaly. Default none.
   */
  readonly prior?: SpreadPrior;
  /** Smooths the scores over the past rows. Default none. */
  readonly smoothing?: Smoothing;
  /**
   * Whether an entity with at least 30 rows that have every feature is measured by itself, for those that are retraced
   * unlike the others. Others, and entities that were not there, are measured by all rows. Default false.
   */
  readonly perEntity?: boolean;
}

export interface FitScorerOptions extends ScorerSpec {
  /** The names of the columns of the residuals. */
  readonly features: readonly string[];
  /** `[rows, features]`, 0 where a cell is missing; `NaN` residuals are missing without it. */
  readonly observed?: ArrayLike<number>;
  /** For `perEntity`: whose the rows are, in order, so many each. */
  readonly entities?: readonly EntityRowCount[];
}

const optionKeys: readonly (keyof FitScorerOptions)[] = [
  'features',
  'kind',
  'robust',
  'clip',
  'magnitudes',
  'minSpread',
  'centered',
  'prior',
  'smoothing',
  'perEntity',
  'observed',
  'entities',
];

/**
 * Fits a scorer to the residuals of calibration rows (`[rows, features]`, actual − retraced, in scaled units): rows
 * that the model was not trained on and that are presumed normal.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an unknown kind or option, `RETRACE_TOO_FEW_ROWS` if a kind that measures the
 * residuals finds fewer than two of a feature (`'gaussian'`: fewer than two rows with every feature).
 */
export function fitScorer(residuals: ArrayLike<number>, options: FitScorerOptions): ScorerState {
  checkKeys('options', options, optionKeys);
  const { kind = 'standardised', features, robust = false, clip, minSpread = 0.001, smoothing } = options;
  const { magnitudes = false, perEntity = false, centered = true, prior } = options;
  checkOneOf('kind', kind, scorerKinds);
  checkNumber('minSpread', minSpread, { min: leastSpread });
  onlyFor(['standardised'], kind, { robust: robust || undefined, clip });
  onlyFor(['gaussian'], kind, { magnitudes: magnitudes || undefined });
  onlyFor(['standardised', 'gaussian'], kind, { centered: centered ? undefined : false, prior });
  const origin = {
    ...(!centered && { centered }),
    ...(prior !== undefined && { prior: checkSpreadPrior('prior', prior) }),
  };
  if (clip !== undefined) checkNumber('clip', clip, { min: leastSpread });
  if (perEntity && (kind === 'mae' || kind === 'mse'))
    throw argumentError('perEntity', `false for the kind '${kind}', which measures nothing`, perEntity);
  const head = {
    format: 'retrace-scorer',
    version: 1,
    features: checkNames('features', features),
    ...(smoothing && { smoothing: checkSmoothing('smoothing', smoothing) }),
  } as const;
  const usable = usableResiduals(residuals, features, options.observed);
  const rows = perEntity ? rowsByEntity(usable, features.length, options.entities) : undefined;
  const measure = { centered, minSpread, prior };
  /** What `fit` makes of all rows, and of those of each entity. */
  const fitted = <Fit>(fit: (residuals: Float64Array) => Fit) => ({
    ...fit(usable),
    ...(rows && { entities: rows.map(({ id, residuals: own }) => ({ id, ...fit(own) })) }),
  });
  switch (kind) {
    case 'mae':
    case 'mse':
      return { ...head, kind };
    case 'standardised':
      return {
        ...head,
        kind,
        ...fitted((own) => featureSpread(own, features, { ...measure, robust })),
        ...origin,
        ...(clip !== undefined && { clip }),
      };
    case 'gaussian': {
      const sized = (own: Float64Array) => (magnitudes ? own.map(Math.abs) : own);
      return {
        ...head,
        kind,
        ...fitted((own) => ({
          ...featureSpread(sized(own), features, { ...measure, robust: false }),
          ...shrunkCorrelation(wholeRows(sized(own), features.length), features.length),
        })),
        ...origin,
        ...(magnitudes && { magnitudes }),
      };
    }
    case 'quantile':
      return { ...head, kind, ...fitted((own) => featureQuantiles(own, features, minSpread)) };
    case 'likelihood':
      return { ...head, kind, ...fitted((own) => ({ floor: featureFloors(own, features) })) };
  }
}

/** Refuses options that are there for other kinds. */
function onlyFor(
  kinds: readonly ScorerState['kind'][],
  own: ScorerState['kind'],
  options: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || kinds.includes(own)) continue;
    const usual = typeof value === 'boolean' ? String(!value) : 'absent';
    throw argumentError(
      name,
      `${usual} for every kind but ${kinds.map((kind) => `'${kind}'`).join(' and ')}`,
      value,
    );
  }
}

/** The least number of each feature. */
function featureFloors(residuals: Float64Array, features: readonly string[]): number[] {
  return features.map((feature, index) =>
    measuredColumn(columnOf(residuals, index, features.length), feature).reduce((least, value) =>
      Math.min(least, value),
    ),
  );
}

function wholeRows(residuals: Float64Array, features: number): Float64Array {
  const rows = Array.from({ length: residuals.length / features }, (_, row) =>
    residuals.subarray(row * features, (row + 1) * features),
  ).filter((row) => !row.some(Number.isNaN));
  if (rows.length < 2) {
    throw new RetraceError(
      'RETRACE_TOO_FEW_ROWS',
      `${rows.length} calibration rows have a residual of every feature; a scorer of kind 'gaussian' needs at least 2. ` +
        "Calibrate on more rows, or use kind 'standardised', which measures each feature by itself.",
      { rows: rows.length, needed: 2 },
    );
  }
  const whole = new Float64Array(rows.length * features);
  for (const [index, row] of rows.entries()) whole.set(row, index * features);
  return whole;
}

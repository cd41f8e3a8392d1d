import {
  argumentError,
  checkFormat,
  checkKeys,
  checkNames,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkState,
} from '@retrace/errors';
import { checkQuantiles } from './feature-quantiles.ts';
import { leastSpread } from './least-spread.ts';
import { largestResidual } from './residuals.ts';
import {
  type GaussianFit,
  type ScorerState,
  type SpreadFit,
  type SpreadOrigin,
  scorerKinds,
} from './scorer-state.ts';
import { checkSmoothing } from './smoothing.ts';
import { checkSpreadPrior } from './spread-prior.ts';

type Fields = Record<string, unknown>;

const headKeys = ['format', 'version', 'kind', 'features', 'smoothing'];
const fitKeys = {
  mae: [],
  mse: [],
  standardised: ['center', 'spread'],
  gaussian: ['center', 'spread', 'correlation', 'shrinkage'],
  quantile: ['center', 'knots'],
  likelihood: ['floor'],
} as const;
const ownKeys = {
  mae: [],
  mse: [],
  standardised: ['centered', 'prior', 'clip', 'entities'],
  gaussian: ['centered', 'prior', 'magnitudes', 'entities'],
  quantile: ['entities'],
  likelihood: ['entities'],
} as const;
const withinResiduals = { min: -largestResidual, max: largestResidual };

/**
 * Returns `value` if it is a scorer state, such as one read from a file.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` if a later release wrote it, `RETRACE_SCORER_STATE` naming the first field
 * that is not what it must be.
 */
export function checkScorerState(value: unknown): ScorerState {
  return checkState('RETRACE_SCORER_STATE', () => checkFields(value));
}

function checkFields(value: unknown): ScorerState {
  const fields = checkRecord('scorer', value);
  checkFormat('scorer', fields, 'retrace-scorer');
  const kind = checkOneOf('scorer.kind', fields.kind, scorerKinds);
  checkKeys('scorer', fields, [...headKeys, ...fitKeys[kind], ...ownKeys[kind]]);
  const features = checkNames('scorer.features', fields.features);
  const head = {
    format: 'retrace-scorer',
    version: 1,
    features,
    ...(fields.smoothing !== undefined && {
      smoothing: checkSmoothing('scorer.smoothing', fields.smoothing),
    }),
  } as const;
  /** Checks what is fitted, to all rows and to those of entities. */
  const fitted = <Fit>(check: (argument: string, of: Fields, features: number) => Fit) => ({
    ...check('scorer', fields, features.length),
    ...(fields.entities !== undefined && {
      entities: checkEntities(fields.entities, fitKeys[kind], (argument, of) =>
        check(argument, of, features.length),
      ),
    }),
  });
  switch (kind) {
    case 'mae':
    case 'mse':
      return { ...head, kind };
    case 'standardised': {
      const fit = { ...fitted(checkSpread), ...checkOrigin(fields) };
      if (fields.clip === undefined) return { ...head, kind, ...fit };
      return { ...head, kind, ...fit, clip: checkNumber('scorer.clip', fields.clip, { min: leastSpread }) };
    }
    case 'gaussian': {
      const fit = { ...fitted(checkGaussian), ...checkOrigin(fields) };
      if (fields.magnitudes === undefined) return { ...head, kind, ...fit };
      if (fields.magnitudes !== true)
        throw argumentError('scorer.magnitudes', 'true or absent', fields.magnitudes);
      return { ...head, kind, ...fit, magnitudes: true };
    }
    case 'quantile':
      return { ...head, kind, ...fitted(checkQuantiles) };
    case 'likelihood':
      return {
        ...head,
        kind,
        ...fitted((argument, of, count) => ({
          floor: checkNumbers(`${argument}.floor`, of.floor, count, withinResiduals),
        })),
      };
  }
}

function checkEntities<Fit>(
  value: unknown,
  keys: readonly string[],
  check: (argument: string, of: Fields) => Fit,
): (Fit & { readonly id: string })[] {
  if (!Array.isArray(value)) throw argumentError('scorer.entities', 'an array', value);
  const seen = new Set<string>();
  return value.map((item, index) => {
    const argument = `scorer.entities[${index}]`;
    const entity = checkRecord(argument, item);
    checkKeys(argument, entity, ['id', ...keys]);
    const { id } = entity;
    if (typeof id !== 'string' || seen.has(id)) {
      throw argumentError(`${argument}.id`, 'a string that no entity before has', id);
    }
    seen.add(id);
    return { id, ...check(argument, entity) };
  });
}

function checkOrigin({ centered, prior }: Fields): SpreadOrigin {
  if (centered !== undefined && centered !== false)
    throw argumentError('scorer.centered', 'false or absent', centered);
  return {
    ...(centered === false && { centered }),
    ...(prior !== undefined && { prior: checkSpreadPrior('scorer.prior', prior) }),
  };
}

function checkSpread(argument: string, { center, spread }: Fields, features: number): SpreadFit {
  return {
    center: checkNumbers(`${argument}.center`, center, features, withinResiduals),
    spread: checkNumbers(`${argument}.spread`, spread, features, { min: leastSpread }),
  };
}

function checkGaussian(argument: string, fields: Fields, features: number): GaussianFit {
  return {
    ...checkSpread(argument, fields, features),
    correlation: checkCorrelation(`${argument}.correlation`, fields.correlation, features),
    shrinkage: checkNumber(`${argument}.shrinkage`, fields.shrinkage, { min: 0, max: 1 }),
  };
}

function checkCorrelation(argument: string, value: unknown, features: number): number[] {
  const matrix = checkNumbers(argument, value, features * features, { min: -1, max: 1 });
  for (let i = 0; i < features; i++) {
    for (let j = 0; j <= i; j++) {
      const expected = i === j ? 1 : matrix[j * features + i];
      if (matrix[i * features + j] === expected) continue;
      throw argumentError(
        `${argument}[${i * features + j}]`,
        `${expected}, as of a symmetric matrix with a diagonal of 1`,
        matrix[i * features + j],
      );
    }
  }
  return matrix;
}

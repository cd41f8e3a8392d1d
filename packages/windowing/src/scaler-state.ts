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

/** How a scaler centres and spreads a feature: mean and deviation, minimum and range, median and quartiles. */
export type ScalerKind = 'standard' | 'minmax' | 'robust';

export const scalerKinds: readonly ScalerKind[] = ['standard', 'minmax', 'robust'];

/** How an entity is scaled that was not in training: by what is pooled over those that were, or not at all. */
export type UnseenEntity = 'pooled' | 'refuse';

export const unseenRules: readonly UnseenEntity[] = ['pooled', 'refuse'];

/** Where the cells of each feature lie, in its own unit (that of its logarithm for those in `log`). */
export interface FittedScaling {
  /** `[features]`. */
  readonly center: readonly number[];
  /** `[features]`, above 0; 1 for a constant feature. */
  readonly scale: readonly number[];
}

/** How one entity is scaled, where each has a scaling of its own. */
export interface EntityScaling extends FittedScaling {
  readonly id: string;
}

/** A fitted scaler as plain JSON: a cell becomes `(value - center) / scale`. */
export interface ScalerState extends FittedScaling {
  readonly format: 'retrace-scaler';
  readonly version: 1;
  readonly kind: ScalerKind;
  /** The features it was fitted on, in order. */
  readonly features: readonly string[];
  /** The features that did not vary in the rows it was fitted on. */
  readonly constant: readonly string[];
  /** The features of which sign(x) log(1 + |x|) is scaled instead of x. Absent: none. */
  readonly log?: readonly string[];
  /** The scaling of each entity of the training rows; `center` and `scale` are pooled over them. Absent: not apart. */
  readonly entities?: readonly EntityScaling[];
  /** What becomes of an entity that is not in `entities`. There with `entities`, and only then. */
  readonly unseen?: UnseenEntity;
}

const keys = [
  'format',
  'version',
  'kind',
  'features',
  'center',
  'scale',
  'constant',
  'log',
  'entities',
  'unseen',
];

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
    checkKeys('scaler', fields, keys);
    const features = checkNames('scaler.features', fields.features);
    const { log, entities } = fields;
    return {
      format: 'retrace-scaler',
      version: 1,
      kind: checkOneOf('scaler.kind', fields.kind, scalerKinds),
      features,
      ...checkScaling('scaler', fields, features),
      constant: checkSome('scaler.constant', fields.constant, features),
      ...(log !== undefined && { log: checkSome('scaler.log', log, features) }),
      ...(entities !== undefined && {
        entities: checkEntityScalings(entities, features),
        unseen: checkOneOf('scaler.unseen', fields.unseen, unseenRules),
      }),
    };
  });
}

function checkScaling(
  argument: string,
  { center, scale }: Record<string, unknown>,
  { length }: readonly string[],
): FittedScaling {
  return {
    center: checkNumbers(`${argument}.center`, center, length),
    scale: checkNumbers(`${argument}.scale`, scale, length, { min: Number.MIN_VALUE }),
  };
}

function checkEntityScalings(value: unknown, features: readonly string[]): EntityScaling[] {
  if (!Array.isArray(value)) throw argumentError('scaler.entities', 'an array', value);
  const ids = new Set<string>();
  return value.map((each: unknown, index) => {
    const argument = `scaler.entities[${index}]`;
    const fields = checkRecord(argument, each);
    checkKeys(argument, fields, ['id', 'center', 'scale']);
    const { id } = fields;
    if (typeof id !== 'string' || ids.has(id)) {
      throw argumentError(`${argument}.id`, 'a string that occurs once', id);
    }
    ids.add(id);
    return { id, ...checkScaling(argument, fields, features) };
  });
}

function checkSome(argument: string, value: unknown, features: readonly string[]): string[] {
  const known = Array.isArray(value) && value.every((name) => features.includes(name));
  if (known && new Set(value).size === value.length) return [...value];
  throw argumentError(argument, 'an array of some of `scaler.features`, each once', value);
}

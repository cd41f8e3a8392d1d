import { nearest, RetraceError, received, refuseLaterVersion } from '@retrace/errors';
import { weightSpecs } from './architecture.ts';
import type { ModelSpec } from './spec.ts';
import { specConflicts, specSchemas } from './spec-schema.ts';
import { stages } from './stages.ts';

/**
 * The most weights a spec may ask for, and the most numbers that one of its layers may put out for one window: 1 GiB of
 * float32. Checked before anything is allocated.
 */
const limit = 2 ** 28;

const kinds = Object.keys(specSchemas) as readonly ModelSpec['kind'][];

/**
 * Returns a checked copy of a model spec that came from outside, such as a file.
 *
 * @throws `RETRACE_MODEL_SPEC` with the JSON pointer of the first field that is wrong, or if the model would hold
 * more than 2²⁸ weights, or one of its layers put out more than 2²⁸ numbers for one window;
 * `RETRACE_UNSUPPORTED_VERSION` for the spec of a later release.
 */
export function parseSpec(value: unknown): ModelSpec {
  const kind = kindOf(value);
  const result = specSchemas[kind].safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
    throw specError(`/${path.map(String).join('/')}`, issue.message, valueAt(value, path));
  }
  const spec = result.data as ModelSpec;
  const conflict = specConflicts(spec)[0];
  if (conflict) {
    const { pointer, problem } = conflict;
    throw specError(pointer, problem, valueAt(spec, pointer.slice(1).split('/')));
  }
  checkSize(spec);
  return spec;
}

/** The same for a spec whose kind is known. */
export function parseSpecOfKind<K extends ModelSpec['kind']>(value: {
  readonly kind: K;
  readonly [field: string]: unknown;
}): Extract<ModelSpec, { kind: K }> {
  return parseSpec(value) as Extract<ModelSpec, { kind: K }>;
}

/** The number of weights of a spec, frozen ones among them. */
export function countParameters(spec: ModelSpec): number {
  return weightSpecs(spec).reduce((sum, { shape }) => sum + numbersIn(shape), 0);
}

function numbersIn(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function checkSize(spec: ModelSpec): void {
  const parameters = countParameters(spec);
  if (parameters > limit) {
    throw new RetraceError(
      'RETRACE_MODEL_SPEC',
      `The model would hold ${parameters} weights, more than ${limit}. Use fewer units or features.`,
      { parameters, limit },
    );
  }
  for (const { name, shape } of stages(spec)) {
    const numbers = numbersIn(shape);
    if (numbers <= limit) continue;
    throw new RetraceError(
      'RETRACE_MODEL_SPEC',
      `The layer '${name}' would put out ${numbers} numbers for one window, more than ${limit}. Use fewer steps or units.`,
      { layer: name, numbers, limit },
    );
  }
}

function kindOf(value: unknown): ModelSpec['kind'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw specError('/', 'an object expected', value);
  }
  const { kind, version } = value as { kind?: unknown; version?: unknown };
  // Of a later version neither the kinds nor the fields are known.
  refuseLaterVersion('spec.version', version);
  const known = kinds.find((name) => name === kind);
  if (known) return known;
  const close = typeof kind === 'string' ? nearest(kind, kinds) : undefined;
  const hint = close === undefined ? '' : `; did you mean '${close}'?`;
  throw specError('/kind', `one of ${kinds.join(', ')} expected${hint}`, kind);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key], root);
}

function specError(pointer: string, problem: string, value: unknown): RetraceError {
  return new RetraceError(
    'RETRACE_MODEL_SPEC',
    `The model spec is not valid at ${pointer}: ${problem}. Received: ${received(value)}.`,
    { pointer, problem },
  );
}

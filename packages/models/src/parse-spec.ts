import { RetraceError, received } from '@retrace/errors';
import * as z from 'zod/mini';
import { weightSpecs } from './architecture.ts';
import type { ModelSpec } from './spec.ts';

/** The most weights a spec may ask for: 1 GiB of float32. Checked before anything is allocated. */
const maxParameters = 2 ** 28;

const size = (max: number) => z.int().check(z.gte(1), z.lte(max));
const activation = z.enum(['linear', 'tanh', 'sigmoid', 'relu', 'hardSigmoid']);
const lstmLayer = z.strictObject({
  units: size(65_536),
  activation,
  recurrentActivation: activation,
  dropout: z.number().check(z.gte(0), z.lt(1)),
});
const stack = z.array(lstmLayer).check(z.minLength(1), z.maxLength(64));
const reconstructSpec = z.strictObject({
  format: z.literal('retrace-model'),
  version: z.literal(1),
  kind: z.literal('reconstruct'),
  timesteps: size(1_000_000),
  features: size(1_000_000),
  encoder: stack,
  decoder: stack,
});

/**
 * Returns a checked copy of a model spec that came from outside, such as a file.
 *
 * @throws `RETRACE_MODEL_SPEC` with the JSON pointer of the first field that is wrong, or if the model would hold
 * more than 2²⁸ weights.
 */
export function parseSpec(value: unknown): ModelSpec {
  const result = reconstructSpec.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const pointer = `/${issue.path.map(String).join('/')}`;
    const at = issue.path.reduce<unknown>(
      (node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key],
      value,
    );
    throw new RetraceError(
      'RETRACE_MODEL_SPEC',
      `The model spec is not valid at ${pointer}: ${issue.message}. Received: ${received(at)}.`,
      { pointer, problem: issue.message },
    );
  }
  const parameters = countParameters(result.data);
  if (parameters > maxParameters) {
    throw new RetraceError(
      'RETRACE_MODEL_SPEC',
      `The model would hold ${parameters} weights, more than ${maxParameters}. Use fewer units or features.`,
      { parameters, maxParameters },
    );
  }
  return result.data;
}

/** The number of trainable weights of a spec. */
export function countParameters(spec: ModelSpec): number {
  return weightSpecs(spec).reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
}

import { argumentError, checkRecord, RetraceError } from '@retrace/errors';
import { parseMetadataJson } from '@retrace/safetensors';
import * as z from 'zod/mini';
import { architectureOf } from './architecture.ts';
import { type LossFunctions, lossesKey } from './loss-functions.ts';
import type { ModelSpec } from './spec.ts';
import type { AddedLoss } from './tensor-model.ts';

/** What a model file holds of an added loss: all but its function. */
type ListedLoss = Pick<AddedLoss, 'name' | 'weight'>;

const schema = z.array(z.strictObject({ name: z.string().check(z.minLength(1)), weight: z.number() }));

/** The names and weights of added losses, as text for a model file; undefined where there are none. */
export function addedLossesText(losses: readonly AddedLoss[]): string | undefined {
  if (losses.length === 0) return undefined;
  return JSON.stringify(losses.map(({ name, weight }) => ({ name, weight })));
}

/**
 * Reads the list of added losses of a model file; empty where there is none.
 *
 * @throws `RETRACE_MODEL_FILE` for text that is no such list, or names a loss twice or as the spec's own.
 */
export function parseAddedLosses(text: string | undefined, spec: ModelSpec): readonly ListedLoss[] {
  if (text === undefined) return [];
  const { heads, losses: own } = architectureOf(spec);
  const taken = new Set([...heads(spec), ...(own?.(spec) ?? [])].map(({ name }) => name));
  try {
    const listed = schema.parse(parseMetadataJson(text));
    for (const { name } of listed) {
      if (taken.has(name)) throw argumentError('name', 'of one loss alone', name);
      taken.add(name);
    }
    return listed;
  } catch (cause) {
    throw new RetraceError(
      'RETRACE_MODEL_FILE',
      `The list of added losses in '${lossesKey}' is not valid.`,
      { metadata: lossesKey },
      { cause },
    );
  }
}

/**
 * Refuses functions that are not those of the listed losses, one each.
 *
 * @throws `RETRACE_MODEL_LOSSES` naming those that `functions` lacks; `RETRACE_INVALID_ARGUMENT` for a name that is not
 * listed, and for what is no function.
 */
export function checkLossFunctions(listed: readonly ListedLoss[], functions: LossFunctions): void {
  checkRecord('losses', functions);
  const missing = listed.map(({ name }) => name).filter((name) => !Object.hasOwn(functions, name));
  if (missing.length > 0) {
    throw new RetraceError(
      'RETRACE_MODEL_LOSSES',
      `The model was saved with the added losses ${missing.join(', ')}, which a file cannot hold. Supply them: ` +
        `\`loadModel(bytes, { losses: { ${missing.map((name) => `'${name}': …`).join(', ')} } })\`, or leave them out ` +
        "with `losses: 'none'` if the model will not be trained.",
      { missing },
    );
  }
  for (const [name, loss] of Object.entries(functions)) {
    if (!listed.some((each) => each.name === name)) {
      const names = listed.map((each) => each.name).join(', ') || 'none';
      throw argumentError('losses', `only the losses that the file lists (${names})`, name);
    }
    if (typeof loss !== 'function') throw argumentError(`losses['${name}']`, 'a function', loss);
  }
}

import { argumentError, RetraceError } from '@retrace/errors';
import * as z from 'zod/mini';
import { type LossFunctions, lossesKey } from './loss-functions.ts';
import type { AddedLoss, LossOfActivations, TensorModel } from './tensor-model.ts';

const listed = z.array(z.strictObject({ name: z.string().check(z.minLength(1)), weight: z.number() }));

/** The names and weights of added losses, as text for a model file; undefined where there are none. */
export function addedLossesText(losses: readonly AddedLoss[]): string | undefined {
  if (losses.length === 0) return undefined;
  return JSON.stringify(losses.map(({ name, weight }) => ({ name, weight })));
}

/**
 * Adds the losses that a model file lists to the model that was loaded from it.
 *
 * @throws `RETRACE_MODEL_LOSSES` naming those that `functions` lacks; `RETRACE_MODEL_FILE` for a list that is none;
 * `RETRACE_INVALID_ARGUMENT` for a function of a name that is not listed.
 */
export function addListedLosses(
  model: TensorModel,
  text: string | undefined,
  functions: LossFunctions,
): void {
  const losses = text === undefined ? [] : parseLosses(text);
  const missing = losses.map(({ name }) => name).filter((name) => !Object.hasOwn(functions, name));
  if (missing.length > 0) {
    throw new RetraceError(
      'RETRACE_MODEL_LOSSES',
      `The model was saved with the added losses ${missing.join(', ')}, which a file cannot hold. Supply them: ` +
        `\`loadModel(bytes, { losses: { ${missing.map((name) => `'${name}': …`).join(', ')} } })\`, or leave them out ` +
        "with `losses: 'none'` if the model will not be trained.",
      { missing },
    );
  }
  const surplus = Object.keys(functions).find((key) => !losses.some(({ name }) => name === key));
  if (surplus !== undefined) {
    const names = losses.map(({ name }) => name).join(', ') || 'none';
    throw argumentError('losses', `only the losses that the file lists (${names})`, surplus);
  }
  for (const { name, weight } of losses) {
    model.addLoss(name, functions[name] as LossOfActivations, { weight });
  }
}

function parseLosses(text: string): z.infer<typeof listed> {
  try {
    return listed.parse(JSON.parse(text));
  } catch (cause) {
    throw new RetraceError(
      'RETRACE_MODEL_FILE',
      `The list of added losses in '${lossesKey}' is not valid.`,
      { metadata: lossesKey },
      { cause },
    );
  }
}

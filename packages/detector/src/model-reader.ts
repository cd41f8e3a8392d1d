import { argumentError, checkOneOf, RetraceError } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import { type ScoredOutput, scoredOutputs } from './scored-output.ts';
import type { ReaderOutput, WindowReader } from './window-reader.ts';

/**
 * Reads windows by a model.
 *
 * @param features The names of the columns of the windows.
 * @param wanted The outputs to read. Default: the reconstruction, the prediction, or both, as the model has them.
 * @throws `RETRACE_MODEL_KIND` for a model that has none of them, or not one that is wanted; `RETRACE_INVALID_ARGUMENT`.
 */
export function modelReader(
  model: SequenceModel,
  features: readonly string[],
  wanted?: readonly ScoredOutput[],
): WindowReader {
  const all = outputsOf(model, features);
  const names = wanted ?? all.map(({ name }) => name);
  const outputs = checkOutputs(names).map((name) => {
    const found = all.find((output) => output.name === name);
    if (found) return found;
    throw kindError(model, all, name);
  });
  if (outputs.length === 0) throw kindError(model, all, 'reconstruction');
  return {
    outputs,
    async read(batch) {
      const heads = await model.run(batch);
      return outputs.map(({ name }) => heads[name]!);
    },
  };
}

/** What a model can be scored by, in the order of the default. */
function outputsOf({ spec: { kind } }: SequenceModel, features: readonly string[]): readonly ReaderOutput[] {
  const reconstruction = { name: 'reconstruction', columns: features, rows: 'in' } as const;
  const prediction = { name: 'prediction', columns: features, rows: 'out' } as const;
  switch (kind) {
    case 'reconstruct':
    case 'sequence':
      return [reconstruction];
    case 'predict':
      return [prediction];
    case 'composite':
      return [reconstruction, prediction];
    default:
      return [];
  }
}

function checkOutputs(names: readonly ScoredOutput[]): readonly ScoredOutput[] {
  const valid = Array.isArray(names) && new Set(names).size === names.length;
  if (!valid) throw argumentError('outputs', 'an array of names of outputs, each once', names);
  return names.map((name, index) => checkOneOf(`outputs[${index}]`, name, scoredOutputs));
}

function kindError(
  { spec }: SequenceModel,
  has: readonly ReaderOutput[],
  missing: ScoredOutput,
): RetraceError {
  const names = has.map(({ name }) => name).join(', ');
  return new RetraceError(
    'RETRACE_MODEL_KIND',
    `A detector scores rows by a model's ${missing}; a model of kind '${spec.kind}' has ` +
      `${names === '' ? 'nothing that rows are scored by' : `none. Use ${names}`}.`,
    { kind: spec.kind, missing },
  );
}

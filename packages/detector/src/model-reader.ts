import { argumentError, checkOneOf, RetraceError } from '@retrace/errors';
import type { DecoderSpec, EncoderPart, ModelSpec, SequenceModel } from '@retrace/models';
import { type ScoredOutput, scoredOutputs } from './scored-output.ts';
import type { ReaderOutput, WindowReader } from './window-reader.ts';

/**
 * Reads windows by a model.
 *
 * @param features The names of the columns of the windows.
 * @param wanted The outputs to read. Default: those that its kind is trained to give.
 * @throws `RETRACE_MODEL_KIND` for a model without an output that is wanted; `RETRACE_INVALID_ARGUMENT`.
 */
export function modelReader(
  model: SequenceModel,
  features: readonly string[],
  wanted: readonly ScoredOutput[] = defaultOutputs[model.spec.kind],
): WindowReader {
  const all = outputsOf(model.spec, features);
  const outputs = checkOutputs(wanted).map((name) => {
    const found = all.find((output) => output.name === name);
    if (found) return found;
    throw new RetraceError(
      'RETRACE_MODEL_KIND',
      `A model of kind '${model.spec.kind}' has no ${name} to score rows by. Use ${all.map((output) => output.name).join(', ')}.`,
      { kind: model.spec.kind, missing: name },
    );
  });
  const encodes = outputs.some(({ name }) => name === 'latent');
  const runs = outputs.some(({ name }) => name !== 'latent');
  return {
    outputs,
    async read(batch) {
      const heads = runs ? await model.run(batch) : {};
      const latent = encodes && (await model.encode(batch));
      return outputs.map(({ name, variance }) => {
        if (name === 'latent') return { values: latent as Float32Array };
        if (variance) return { values: heads[name]!, logVariance: heads[`${name}/logVariance`]! };
        if (name !== 'latentTarget') return { values: heads[name]! };
        const { output, target } = heads as { output: Float32Array; target: Float32Array };
        return { values: output.map((value, k) => value - target[k]!) };
      });
    },
  };
}

const defaultOutputs: Readonly<Record<ModelSpec['kind'], readonly ScoredOutput[]>> = {
  reconstruct: ['reconstruction'],
  sequence: ['reconstruction'],
  predict: ['prediction'],
  composite: ['reconstruction', 'prediction'],
  latentTarget: ['latentTarget'],
  encoder: ['latent'],
  classifier: ['latent'],
};

/** All that rows can be scored by. */
function outputsOf(spec: ModelSpec, features: readonly string[]): readonly ReaderOutput[] {
  const drawn = (name: ScoredOutput, rows: 'in' | 'out', decoder?: DecoderSpec): ReaderOutput => {
    return { name, columns: features, rows, variance: decoder?.variance ?? false };
  };
  switch (spec.kind) {
    case 'sequence':
      return [drawn('reconstruction', 'in')];
    case 'reconstruct':
      return [drawn('reconstruction', 'in', spec.decoder), latentOf(spec)];
    case 'predict':
      return [drawn('prediction', 'out', spec.decoder), latentOf(spec)];
    case 'composite': {
      const { reconstruction, prediction } = spec.decoders;
      return [
        drawn('reconstruction', 'in', reconstruction),
        drawn('prediction', 'out', prediction),
        latentOf(spec),
      ];
    }
    case 'latentTarget': {
      const { target, encoder } = spec;
      const layer = target === 'latent' ? encoder.at(-1)! : encoder[Number(target.slice('encoder/'.length))]!;
      return [wholeWindow('latentTarget', layer.units), latentOf(spec)];
    }
    case 'encoder':
    case 'classifier':
      return [latentOf(spec)];
  }
}

function latentOf({ encoder, bottleneck }: Pick<EncoderPart, 'encoder' | 'bottleneck'>): ReaderOutput {
  return wholeWindow('latent', bottleneck?.units ?? encoder.at(-1)!.units);
}

function wholeWindow(name: ScoredOutput, units: number): ReaderOutput {
  const columns = Array.from({ length: units }, (_, k) => `${name}/${k}`);
  return { name, columns, rows: 'window', variance: false };
}

function checkOutputs(names: readonly ScoredOutput[]): readonly ScoredOutput[] {
  const valid = Array.isArray(names) && names.length > 0 && new Set(names).size === names.length;
  if (!valid) throw argumentError('outputs', 'an array of at least one name of an output, each once', names);
  return names.map((name, index) => checkOneOf(`outputs[${index}]`, name, scoredOutputs));
}

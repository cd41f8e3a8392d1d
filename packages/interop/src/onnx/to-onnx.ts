import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import { type SequenceModel, specKey } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { encoderSpec } from './encoder-spec.ts';
import type { Weight } from './graph-builder.ts';
import { modelGraph } from './model-graph.ts';
import { modelMessage } from './onnx-messages.ts';
import { producer } from './producer.ts';
import { joined } from './protobuf.ts';

export interface OnnxOptions {
  /** All of the model, or its encoder alone, whose output is `latent`. Default 'model'. */
  readonly part?: 'model' | 'encoder';
  /**
   * Whether the file has a second input, `mask`, bool `[batch, timesteps]`, false where a step is padding. Default
   * false: all steps count, and the graph is the plainer for it.
   */
  readonly mask?: boolean;
  /** The version of ONNX's operators, from 15 to 25. Default 17, of ONNX 1.12 (2022). */
  readonly opset?: number;
}

/** The version of the file format, of 2022. Operators have their own. */
const irVersion = 8;

/**
 * Writes a model, as it is at inference, as the bytes of an ONNX file. Its layers are `LSTM` nodes, conditional decoders
 * `Loop`s of them. The batch axis is free; timesteps and features are the spec's.
 *
 * Input: `input`, float32 `[batch, timesteps, features]`, scaled; `mask` where asked for. Outputs: those of `model.run`
 * by their names, such as `reconstruction`, `[batch, timesteps, features]`. The spec is kept as JSON in the metadata
 * under `retrace.model`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for options out of range or misspelt and for what is no model;
 * `RETRACE_MODEL_KIND` for the encoder of a `sequence` model, which has none; `RETRACE_DISPOSED`.
 */
export async function toOnnx(model: SequenceModel, options: OnnxOptions = {}): Promise<Uint8Array> {
  checkKeys('options', options, ['part', 'mask', 'opset']);
  const { part = 'model', mask = false, opset = 17 } = options;
  checkOneOf('part', part, ['model', 'encoder']);
  if (typeof mask !== 'boolean') throw argumentError('mask', 'true or false', mask);
  checkInteger('opset', opset, { min: 15, max: 25 });
  const { spec: whole, variables } = tensorsOf(model);
  const spec = part === 'encoder' ? encoderSpec(whole) : whole;
  // All reads begin before the first has ended, so that no training step comes between two weights.
  const entries = variables.map(async ({ name, variable }): Promise<[string, Weight]> => {
    const data = (await variable.data()) as Float32Array;
    return [name, { shape: variable.shape, data }];
  });
  const graph = modelGraph(spec, new Map(await Promise.all(entries)), { mask });
  const metadata = { [specKey]: JSON.stringify(spec) };
  return joined(modelMessage({ irVersion, opset, producer, graph, metadata }));
}

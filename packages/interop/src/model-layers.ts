import type { LstmLayerSpec, ModelSpec, SequenceModel } from '@retrace/models';
import { type NamedVariable, tensorsOf } from '@retrace/models/tensors';

/** A layer of a retrace model. */
export interface ModelLayer {
  /** The path of its weights, such as `encoder/0`. */
  readonly name: string;
  readonly kind: 'lstm' | 'dense';
  readonly weights: readonly NamedVariable[];
  /** An LSTM layer's options. */
  readonly spec: LstmLayerSpec | undefined;
}

/** The layers of a model that have weights, in the order of its forward pass. */
export function modelLayers(model: SequenceModel): ModelLayer[] {
  const groups = new Map<string, NamedVariable[]>();
  for (const weight of tensorsOf(model).variables) {
    const name = weight.name.slice(0, weight.name.lastIndexOf('/'));
    groups.set(name, [...(groups.get(name) ?? []), weight]);
  }
  return [...groups].map(([name, weights]) => ({
    name,
    kind: weights.some((weight) => weight.name.endsWith('/recurrentKernel')) ? 'lstm' : 'dense',
    weights,
    spec: lstmSpec(model.spec, name),
  }));
}

function lstmSpec(spec: ModelSpec, name: string): LstmLayerSpec | undefined {
  const parts = name.split('/');
  const index = Number(parts.at(-1));
  if (parts[0] === 'encoder' && 'encoder' in spec) return spec.encoder[index];
  if (parts[0] === 'layer' && spec.kind === 'sequence') return spec.layers[index];
  if (parts[0] !== 'decoder') return undefined;
  if (spec.kind === 'composite') return spec.decoders[parts[1] as keyof typeof spec.decoders].layers[index];
  return 'decoder' in spec ? spec.decoder.layers[index] : undefined;
}
